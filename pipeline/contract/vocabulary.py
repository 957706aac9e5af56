"""The controlled vocabularies of the contract and what counts as a unit.

Codes and their meanings belong here; spellings of names and units in texts belong to the lexicons of `pipeline.language`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from pipeline.contract.reference import read_rows, read_toml

Meanings = Mapping[str, str]

MONEY = "money"
PERIOD = "period"
_MAX_UNIT_LENGTH = 40
_CORRIDOR_NAME = re.compile(r"[^\W_][^\n]{0,119}")


@dataclass(frozen=True)
class Vocabulary:
    """Code -> meaning for every vocabulary, in the order of the reference files.

    `countries` are ISO 3166-1 alpha-3 and, for states of the past, ISO 3166-3 alpha-3; `currencies` are ISO 4217.
    """

    families: Meanings
    measures: Meanings
    bounds: Meanings
    trade_indicators: Meanings
    freight_indicators: Meanings
    events: Meanings
    modes: Meanings
    units: Meanings
    forms: Meanings
    subjects: Meanings
    statuses: Meanings
    modalities: Meanings
    corridors: Meanings
    blocs: Meanings
    commodities: Meanings
    countries: Meanings
    currencies: Meanings
    periods: Meanings
    event_family: Meanings
    unit_kind: Meanings

    @cached_property
    def places(self) -> Meanings:
        """Countries and blocs: what may stand in a list of sides, origins, destinations or parties."""
        return MappingProxyType({**self.countries, **self.blocs})

    @cached_property
    def trade_kinds(self) -> Meanings:
        """What `trade_claims.indicator` may hold: the indicators of trade and the events of trade policy."""
        return self._kinds("trade", self.trade_indicators)

    @cached_property
    def freight_kinds(self) -> Meanings:
        """What `freight_claims.indicator` may hold: the indicators of freight and the events on the way of goods."""
        return self._kinds("freight", self.freight_indicators)

    @cached_property
    def kinds(self) -> Meanings:
        """What the indicator of a claim about trade or freight may be."""
        return MappingProxyType({**self.trade_indicators, **self.freight_indicators, **self.events})

    def _kinds(self, family: str, indicators: Meanings) -> Meanings:
        events = {event: meaning for event, meaning in self.events.items() if self.event_family[event] == family}
        return MappingProxyType({**indicators, **events})

    def codes(self, name: str) -> Meanings:
        """The vocabulary called `name`, for example `modes`. Raises `KeyError` when there is none of that name."""
        if name not in NAMES:
            raise KeyError(f"no vocabulary is called {name!r}; there are {', '.join(NAMES)}")
        codes: Meanings = getattr(self, name)
        return codes

    def kind_of_unit(self, unit: str) -> str | None:
        """The kind of a unit or rate, such as `mass`, `money/period` or `length/period`; None when it is no legal unit.

        A rate has one or two denominators (`USD/container/d`), each a period or a unit other than percent and times.
        """
        if len(unit) > _MAX_UNIT_LENGTH:
            return None
        numerator, *denominators = unit.split("/")
        kind = MONEY if numerator in self.currencies else self.unit_kind.get(numerator)
        if kind is None or len(denominators) > 2 or (denominators and kind in ("percent", "ratio")):
            return None
        kinds = [kind]
        for denominator in denominators:
            below = PERIOD if denominator in self.periods else self.unit_kind.get(denominator)
            if below in (None, "percent", "ratio") or denominator == numerator:
                return None
            kinds.append(str(below))
        return "/".join(kinds) if len(set(denominators)) == len(denominators) else None

    def is_unit(self, unit: str) -> bool:
        """Whether `unit` is a code of the vocabulary, a currency, or a rate of them."""
        return self.kind_of_unit(unit) is not None

    def is_corridor(self, corridor: str) -> bool:
        """Whether `corridor` is a code, or a name in lower case for one that the vocabulary does not list."""
        if corridor in self.corridors:
            return True
        return corridor == corridor.lower() and _CORRIDOR_NAME.fullmatch(corridor) is not None and corridor == corridor.strip()


NAMES = (
    *("families", "measures", "bounds", "trade_indicators", "freight_indicators", "events", "modes", "units", "forms"),
    *("subjects", "statuses", "modalities", "corridors", "blocs", "commodities", "countries", "currencies"),
    *("periods", "places", "trade_kinds", "freight_kinds", "kinds"),
)


@cache
def vocabulary() -> Vocabulary:
    """The vocabularies, read once. Raises `FileNotFoundError` or `ValueError` when reference data are missing or disagree."""
    tables = read_toml("vocabulary.toml")
    rules = read_toml("claim_rules.toml")
    words = Vocabulary(
        families=_frozen(tables["family"]),
        measures=_frozen(tables["measure"]),
        bounds=_frozen(tables["bound"]),
        trade_indicators=_frozen(tables["indicator"]["trade"]),
        freight_indicators=_frozen(tables["indicator"]["freight"]),
        events=_frozen(tables["indicator"]["event"]),
        modes=_frozen(tables["mode"]),
        units=_frozen(tables["unit"]),
        forms=_frozen(tables["form"]),
        subjects=_frozen(tables["subject"]),
        statuses=_frozen(tables["status"]),
        modalities=_frozen(tables["modality"]),
        corridors=_frozen(tables["corridor"]),
        blocs=_frozen(tables["bloc"]),
        commodities=_frozen(tables["commodity"]),
        countries=_code_list("countries.csv"),
        currencies=_code_list("currencies.csv"),
        periods=_frozen(rules["period"]),
        event_family=_inverted(rules["event_family"]),
        unit_kind=_inverted(rules["unit_kind"]),
    )
    _must_cover("event_family", words.event_family, words.events)
    _must_cover("unit_kind", words.unit_kind, words.units)
    return words


def _must_cover(section: str, found: Meanings, wanted: Meanings) -> None:
    if found.keys() != wanted.keys():
        difference = ", ".join(sorted(found.keys() ^ wanted.keys()))
        raise ValueError(f"claim_rules.toml, [{section}]: does not match vocabulary.toml in {difference}")


def _frozen(table: dict[str, str]) -> Meanings:
    return MappingProxyType(dict(table))


def _inverted(groups: dict[str, list[str]]) -> Meanings:
    return MappingProxyType({code: group for group, codes in groups.items() for code in codes})


def _code_list(name: str) -> Meanings:
    return MappingProxyType({row["code"]: row["name"] for row in read_rows(name)})
