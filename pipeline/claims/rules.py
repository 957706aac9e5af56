"""The rules that hold across the columns of a claim: what must not be said together.

What one column may hold belongs to the contract; which units fit, ceilings and the like are data in
`seeds/reference/claim_rules.toml`.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary

Row = Mapping[str, Any]

_data = partial(read_toml, "claim_rules.toml")


class Source:
    """What the rules ask of a claim's document: its text and day of publication."""

    def __init__(self, text: str, published_on: date | None) -> None:
        self.text = text
        self.published_on = published_on

    def holds(self, start: int | None, end: int | None, quote: str | None) -> bool:
        """Whether the text holds the quote at that place; yes where one of the three is NULL."""
        if start is None or end is None or quote is None:
            return True
        return 0 <= start < end and self.text[start:end] == quote

    def names(self, name: str) -> bool:
        """Whether a name stands in the text, but for line breaks."""
        return name in self.text or name in self._in_one_line

    @cached_property
    def _in_one_line(self) -> str:
        return " ".join(self.text.split())


class Rule(NamedTuple):
    """A reason code, and what is true of a row that must be rejected for it.

    A value that is NULL, or no number, forbids nothing by itself: other rules ask for it.
    """

    reason: str
    forbids: Callable[[Row, Source], bool]


_VALUE_COLUMNS = ("value_low", "value_high", "bound", "unit", "value_text", "value_start", "value_end")


@cache
def rules(family: str) -> tuple[Rule, ...]:
    """The rules of a family: `trade`, `freight` or `agreement`."""
    if family == "agreement":
        return (*_grounding_rules(), *_time_rules("date_start", "date_end"))
    return (
        *_grounding_rules(),
        *_value_grounding_rules(),
        *_presence_rules(),
        *_value_rules(),
        *_time_rules("period_start", "period_end"),
        Rule("same_country_both_sides", _is_of_one_country),
    )


def broken_rules(family: str, row: Row, source: Source) -> list[str]:
    """The reason codes of the rules of a family that a row breaks."""
    return [reason for reason, forbids in rules(family) if forbids(row, source)]


def _grounding_rules() -> Iterable[Rule]:
    yield Rule("evidence_empty", lambda row, _: row["evidence"] is not None and not row["evidence"].strip())
    yield Rule("evidence_not_in_text", _is_not_in_text("evidence", "evidence"))
    yield Rule("attributed_to_not_in_text", _is_attributed_elsewhere)


def _value_grounding_rules() -> Iterable[Rule]:
    yield Rule("value_not_in_text", _is_not_in_text("value", "value_text"))
    yield Rule(
        "value_not_in_evidence",
        lambda row, _: _is_below(row["value_start"], row["evidence_start"]) or _is_below(row["evidence_end"], row["value_end"]),
    )


def _presence_rules() -> Iterable[Rule]:
    yield Rule(
        "event_with_value",
        lambda row, _: row["measure"] == "event" and any(row[name] is not None for name in _VALUE_COLUMNS),
    )
    yield Rule(
        "value_missing",
        lambda row, _: row["measure"] not in (None, "event") and None in map(row.__getitem__, _VALUE_COLUMNS),
    )
    yield Rule("measure_unfit_for_indicator", _is_half_an_event)


def _value_rules() -> Iterable[Rule]:
    yield Rule("low_above_high", lambda row, _: _is_below(row["value_high"], row["value_low"]))
    yield Rule("value_not_finite", lambda row, _: not all(map(math.isfinite, _ends(row))))
    yield Rule("share_out_of_range", _is_no_share)
    yield Rule("negative_value", _is_negative)
    yield Rule("growth_below_floor", _is_below_floor)
    yield Rule("implausible_value", _is_implausible)
    yield Rule("range_too_wide", _is_too_wide)
    yield Rule("unit_unfit_for_indicator", _is_in_unfit_unit)
    yield Rule("tariff_in_goods", _is_tariff_in_goods)


def _time_rules(start: str, end: str) -> Iterable[Rule]:
    years = _data()["years"]
    first, last = date(years["first"], 1, 1), date(years["last"], 12, 31)
    name = start.removesuffix("_start")
    yield Rule(f"{name}_reversed", lambda row, _: _is_below(row[end], row[start]))
    yield Rule(
        f"{name}_out_of_range",
        lambda row, _: (
            _is_below(row[start], first)
            or _is_below(last, row[start])
            or _is_below(row[end], first)
            or _is_below(last, row[end])
        ),
    )
    # Only the start tells: `this year` said in November ends after its publication and is a fact all the same.
    yield Rule(
        "reported_in_future",
        lambda row, source: row["modality"] == "reported" and _is_below(source.published_on, row[start]),
    )


def _is_not_in_text(place: str, quote: str) -> Callable[[Row, Source], bool]:
    return lambda row, source: not source.holds(row[f"{place}_start"], row[f"{place}_end"], row[quote])


def _is_attributed_elsewhere(row: Row, source: Source) -> bool:
    name: str | None = row["attributed_to"]
    if name is None:
        return False
    # Most names stand in the evidence; only the others are looked for in the whole text.
    return not name.strip() or not (name in (row["evidence"] or "") or source.names(name))


def _is_half_an_event(row: Row, _: Source) -> bool:
    measure, indicator = row["measure"], row["indicator"]
    return None not in (measure, indicator) and (measure == "event") != (indicator in vocabulary().events)


def _is_no_share(row: Row, _: Source) -> bool:
    if row["measure"] != "share":
        return False
    whole = _data()["ceiling"]["measure"]["share"]
    lowest = -whole if _is_signed(row) else 0
    return _is_below(row["value_low"], lowest) or _is_below(whole, row["value_high"])


def _is_negative(row: Row, _: Source) -> bool:
    return _is_below(row["value_low"], 0) and row["measure"] not in (None, "share") and not _is_signed(row)


def _is_below_floor(row: Row, _: Source) -> bool:
    if row["measure"] != "growth":
        return False
    floor = _data()["floor"]
    return row["indicator"] not in floor["growth_free"] and _is_below(row["value_low"], floor["growth"])


def _is_implausible(row: Row, _: Source) -> bool:
    return row["measure"] not in (None, "share") and _is_below(_ceiling(row["measure"], row["unit"]), _size(row))


def _is_too_wide(row: Row, _: Source) -> bool:
    ends = _ends(row)
    if len(ends) < 2 or ends[0] == ends[1] or not ends[0] * ends[1] > 0:
        return False
    widest: float = _data()["range"]["widest"]
    return max(map(abs, ends)) > widest * min(map(abs, ends))


def _is_in_unfit_unit(row: Row, _: Source) -> bool:
    return _unit_fits(row["indicator"], row["measure"], row["unit"]) is False


def _is_tariff_in_goods(row: Row, _: Source) -> bool:
    """An amount of goods that is no quota, which a duty can be limited to, by its bound or by the words of its evidence."""
    if row["indicator"] != "tariff" or None in (row["unit"], row["bound"], row["evidence"]) or not _counts_goods(row["unit"]):
        return False
    evidence = row["evidence"].lower()
    return row["bound"] != "under" and not any(word in evidence for word in _data()["quota"]["words"])


def _is_of_one_country(row: Row, _: Source) -> bool:
    """A country on both sides, unless mutual flows among two or more, or the indicator lets sides meet. Blocs trade inside."""
    reporter, partner, indicator = row["reporter"], row["partner"], row["indicator"]
    if not reporter or not partner or indicator is None:
        return False
    on_both = {*reporter} & {*partner}
    if not on_both or vocabulary().countries.keys().isdisjoint(on_both):
        return False
    equal, same_side = [*reporter] == [*partner], _data()["same_side"]
    mutual = equal and len(reporter) > 1
    return not (mutual or indicator in same_side["equal"] or (indicator in same_side["overlap"] and not equal))


def _is_below(low: Any, high: Any) -> bool:
    return low is not None and high is not None and bool(low < high)


def _ends(row: Row) -> list[float]:
    return [value for value in (row["value_low"], row["value_high"]) if value is not None]


def _size(row: Row) -> float | None:
    return max(map(abs, _ends(row)), default=None)


def _is_signed(row: Row) -> bool:
    negative = _data()["negative"]
    return row["measure"] in negative["measures"] or row["indicator"] in negative["indicators"]


@cache
def _unit_fits(indicator: str | None, measure: str | None, unit: str | None) -> bool | None:
    """Whether a unit fits; None where one of the three is not given or not legal."""
    if indicator is None or measure is None or unit is None:
        return None
    kind = vocabulary().kind_of_unit(unit)
    of_measure: list[str] | None = _data()["measure_units"].get(measure)
    if kind is None or of_measure is None:
        return None
    of_indicator: list[str] = _data()["indicator_units"].get(indicator, [])
    return kind in of_measure or ("indicator" in of_measure and kind in of_indicator)


@cache
def _ceiling(measure: str, unit: str | None) -> float | None:
    """The largest believable size; None where the unit is not given or not legal and the measure sets none."""
    if unit is None:
        return None
    ceiling, kind = _data()["ceiling"], vocabulary().kind_of_unit(unit)
    of_kind = None if kind is None else ceiling["unit_kind"].get(kind.split("/", maxsplit=1)[0])
    largest: float | None = ceiling["measure"].get(measure, of_kind)
    return largest


@cache
def _counts_goods(unit: str) -> bool:
    """Whether a unit counts goods by mass, volume, energy or pieces; a price for them (`USD/t`) does not."""
    amount = unit.split("/", maxsplit=1)[0]
    return amount in vocabulary().units and vocabulary().kind_of_unit(amount) in _data()["quota"]["units"]
