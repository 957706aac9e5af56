"""Whose number a cell is: the sides that a table's caption, headings and row labels name.

Reading the names belongs to `table_headings`; the roles of prepositions are data in `seeds/reference/sides.toml`.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from pipeline.claims.context.memory import Memory
from pipeline.claims.context.sides import Group
from pipeline.claims.slots.side_roles import STRONGER_THAN_OWNER, SYMMETRIC, Codes, Sides, roles_of
from pipeline.claims.tables.headings import Heading, says
from pipeline.contract.vocabulary import vocabulary

Listed = Literal["reporter", "partner", "origin", "destination"]
_MANY = 2


def _role(group: Group, roles: dict[str, str]) -> str:
    if group.owner and group.preposition not in STRONGER_THAN_OWNER:
        return roles["subject"]
    if group.preposition == "of":
        return "reporter"  # captions speak of a country's imports, not of imports of its goods
    return roles.get(group.preposition, "") if group.preposition else roles["subject"]


def told_sides(heading: Heading, indicator: str) -> Sides:
    """The sides that a caption or a label names by prepositions and possessives (`Exports of Georgia to the EU`)."""
    roles = roles_of(indicator) or roles_of("freight")
    found: dict[str, Codes] = {}
    for group in heading.groups:
        role = _role(group, roles)
        if role == "both" or (len(group.members) > 1 and role == "reporter" and not group.owner):
            found.update(_both(group, roles))
        elif role in ("reporter", "partner", "origin", "destination"):
            found.setdefault(role, group.codes)
    partner = tuple(code for code in found.get("partner", ()) if code not in found.get("reporter", ()))
    return Sides(found.get("reporter", ()), partner, found.get("origin", ()), found.get("destination", ()))


def _both(group: Group, roles: dict[str, str]) -> dict[str, Codes]:
    """Two sides that stand together (`between A and B`, `A - B`)."""
    if len(group.members) != _MANY:
        return {"reporter": group.codes}
    first, second = group.members
    if "via" in roles.values() and group.preposition != "between":
        return {"origin": first, "destination": second}
    return {"reporter": group.codes} if "via" in roles.values() else {"reporter": first, "partner": second}


def side_of_rows(indicator: str, texts: Sequence[Heading], rows: Iterable[Heading], told: Sides, memory: Memory) -> Listed:
    """Which side the countries in the rows are on: by the words above them, else by whom the caption and the text are on."""
    freight = indicator not in vocabulary().trade_indicators
    for heading in texts:
        for word, side in _worded(indicator, freight).items():
            if says(heading, "side", word):
                return side
    if freight:
        return "reporter"
    codes = {code for heading in rows for code in heading.codes("country", "bloc")}
    if told.reporter and not set(told.reporter) & codes:
        return "partner"
    one_partner = len(told.partner) == 1 and told.partner[0] not in vocabulary().blocs
    if one_partner or set(memory.home) & codes:
        return "reporter"
    return "partner" if memory.home else "reporter"


def _worded(indicator: str, freight: bool) -> dict[str, Listed]:
    if freight:
        return {"carrier": "reporter", "seller": "origin", "buyer": "destination"}
    if indicator == "exports":
        return {"partner": "partner", "seller": "reporter", "buyer": "partner"}
    if indicator == "imports":
        return {"partner": "partner", "buyer": "reporter", "seller": "partner"}
    return {"partner": "partner"}


def row_sides(indicator: str, label: Heading | None, listed: Listed) -> Sides:
    """The sides that a row names: by its own prepositions, else all on the side that the rows of the table are on."""
    if label is None or not label.groups:
        return Sides()
    plain = [group for group in label.groups if not group.preposition]
    pair = any(len(group.members) == _MANY for group in plain) and len(label.groups) == 1
    if len(plain) < len(label.groups) or pair:
        return told_sides(label, indicator)
    codes = tuple(dict.fromkeys(code for group in label.groups for code in group.codes))
    return Sides(**{listed: codes})


def merged_sides(indicator: str, inner: Sides, told: Sides, memory: Memory) -> Sides:
    """The sides of a number: those of its row, filled up from the caption and from what the text is on."""
    origin, destination = inner.origin or told.origin, inner.destination or told.destination
    if indicator not in vocabulary().trade_indicators:
        routed = bool(inner.origin or inner.destination)
        home = memory.carrier or (memory.home if memory.one_country and not (origin or destination) else ())
        carried = told.reporter or memory.operator if memory.carrier_mode == "rail" else ()
        if len(inner.reporter) > 1 and carried:
            return Sides(tuple(sorted({*inner.reporter, *carried})), (), origin, destination)
        return Sides(inner.reporter or (carried if routed else told.reporter or home), (), origin, destination)
    partner = inner.partner or told.partner
    reporter = inner.reporter or told.reporter
    beside = bool(told.reporter and inner.reporter) and set(inner.reporter) != set(told.reporter)
    if indicator in SYMMETRIC and beside and not inner.partner:
        return Sides(told.reporter, inner.reporter)
    home = tuple(code for code in memory.home if code not in partner)
    reporter = tuple(code for code in reporter if code not in inner.partner) or home
    return Sides(reporter, tuple(code for code in partner if code not in reporter))
