"""The rules that hold across the columns of a claim: what must not be said together.

What one column may hold belongs to the contract; which units fit, ceilings and the like are data in
`seeds/reference/claim_rules.toml`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason code, and the expression that is true of a row that must be rejected for it. NULL counts as not forbidden."""

    reason: str
    forbidden: pl.Expr


# What the rules need to know beyond the row itself; see `with_context`.
CONTEXT_COLUMNS: dict[str, pl.DataType] = {
    "published_on": pl.Date(),
    "evidence_found": pl.Boolean(),
    "value_found": pl.Boolean(),
    "attribution_found": pl.Boolean(),
    "unit_fits": pl.Boolean(),
    "ceiling": pl.Float64(),
}

_VALUE_COLUMNS = ("value_low", "value_high", "bound", "unit", "value_text", "value_start", "value_end")


@cache
def rules(family: str) -> tuple[Rule, ...]:
    """The rules of a family: `trade`, `freight` or `agreement`."""
    data = read_toml("claim_rules.toml")
    if family == "agreement":
        return (*_grounding_rules(), *_time_rules("date_start", "date_end", data))
    return (
        *_grounding_rules(),
        *_value_grounding_rules(),
        *_presence_rules(),
        *_value_rules(data),
        *_time_rules("period_start", "period_end", data),
        _side_rule(data["same_side"]),
    )


def with_context(family: str, frame: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """`frame` with `CONTEXT_COLUMNS` added: the document's date, whether the text bears the row out, and what its unit allows.

    `documents` holds doc_id, text and published_on of every document in `frame`. `value_found` is NULL without a value,
    `attribution_found` without an attribution, `unit_fits` and `ceiling` where the unit is not given or not legal.
    """
    dates = documents.select("doc_id", pl.col("published_on").cast(pl.Date)).unique("doc_id", keep="first", maintain_order=True)
    joined = frame.join(dates, on="doc_id", how="left", maintain_order="left")
    found = _found_in_text(family, frame, documents)
    joined = joined.with_columns(pl.Series(name, marks, dtype=pl.Boolean) for name, marks in found.items())
    if family == "agreement":
        return joined.with_columns(pl.lit(None, pl.Boolean).alias("unit_fits"), pl.lit(None, pl.Float64).alias("ceiling"))
    return joined.join(
        _unit_table(frame), on=["indicator", "measure", "unit"], how="left", nulls_equal=True, maintain_order="left"
    )


def _found_in_text(family: str, frame: pl.DataFrame, documents: pl.DataFrame) -> dict[str, list[bool | None]]:
    wanted = documents.select("doc_id", "text").join(frame.select("doc_id").unique(), on="doc_id", how="semi")
    texts: dict[str, str] = dict(wanted.iter_rows())
    return {
        "evidence_found": _spans_found(texts, frame.select("doc_id", "evidence_start", "evidence_end", "evidence")),
        "value_found": (
            [None] * frame.height
            if family == "agreement"
            else _spans_found(texts, frame.select("doc_id", "value_start", "value_end", "value_text"))
        ),
        "attribution_found": _attributions_found(texts, frame.select("doc_id", "attributed_to", "evidence")),
    }


def _spans_found(texts: dict[str, str], spans: pl.DataFrame) -> list[bool | None]:
    """For rows of doc_id, start, end and quote, whether the text holds the quote there; NULL where one of them is."""
    # Python slices code points in constant time; a slice of a Polars string walks the text from its beginning for every claim.
    columns = zip(*(column.to_list() for column in spans.get_columns()), strict=True)
    return [
        None if first is None or last is None or words is None else 0 <= first < last and texts[doc_id][first:last] == words
        for doc_id, first, last, words in columns
    ]


def _attributions_found(texts: dict[str, str], named: pl.DataFrame) -> list[bool | None]:
    """For rows of doc_id, name and evidence, whether the text holds the name, but for line breaks; NULL without one."""
    rows = [(doc_id, name, evidence or "") for doc_id, name, evidence in named.iter_rows()]
    # Most names stand in the evidence; only the others are looked for in the whole text, each once.
    elsewhere = {(doc_id, name) for doc_id, name, evidence in rows if name is not None and name not in evidence}
    apart = {(doc_id, name) for doc_id, name in elsewhere if name not in texts[doc_id]}
    joined = {doc_id: " ".join(texts[doc_id].split()) for doc_id in {doc_id for doc_id, _ in apart}}
    missing = {(doc_id, name) for doc_id, name in apart if name not in joined[doc_id]}
    return [None if name is None else bool(name.strip()) and (doc_id, name) not in missing for doc_id, name, _ in rows]


def _unit_table(frame: pl.DataFrame) -> pl.DataFrame:
    words, data = vocabulary(), read_toml("claim_rules.toml")
    seen = frame.select("indicator", "measure", "unit").unique().drop_nulls()
    rows = [
        (indicator, measure, unit, _unit_fits(indicator, measure, unit, words, data), _ceiling(measure, unit, words, data))
        for indicator, measure, unit in seen.iter_rows()
    ]
    schema = {**frame.select("indicator", "measure", "unit").schema, "unit_fits": pl.Boolean(), "ceiling": pl.Float64()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _unit_fits(indicator: str, measure: str, unit: str, words: Vocabulary, data: dict[str, Any]) -> bool | None:
    kind = words.kind_of_unit(unit)
    of_measure: list[str] | None = data["measure_units"].get(measure)
    if kind is None or of_measure is None:
        return None
    of_indicator: list[str] = data["indicator_units"].get(indicator, [])
    return kind in of_measure or ("indicator" in of_measure and kind in of_indicator)


def _ceiling(measure: str, unit: str, words: Vocabulary, data: dict[str, Any]) -> float | None:
    of_measure: float | None = data["ceiling"]["measure"].get(measure)
    if of_measure is not None:
        return of_measure
    kind = words.kind_of_unit(unit)
    of_kind: float | None = None if kind is None else data["ceiling"]["unit_kind"][kind.split("/")[0]]
    return of_kind


def _grounding_rules() -> Iterable[Rule]:
    yield Rule("evidence_empty", pl.col("evidence").str.strip_chars().str.len_chars() == 0)
    yield Rule("evidence_not_in_text", ~pl.col("evidence_found"))
    yield Rule("attributed_to_not_in_text", ~pl.col("attribution_found"))


def _value_grounding_rules() -> Iterable[Rule]:
    yield Rule("value_not_in_text", ~pl.col("value_found"))
    outside = (pl.col("value_start") < pl.col("evidence_start")) | (pl.col("value_end") > pl.col("evidence_end"))
    yield Rule("value_not_in_evidence", outside)


def _presence_rules() -> Iterable[Rule]:
    is_event = pl.col("measure") == "event"
    kind_is_event = pl.col("indicator").is_in(list(vocabulary().events))
    yield Rule("event_with_value", is_event & pl.any_horizontal(pl.col(name).is_not_null() for name in _VALUE_COLUMNS))
    yield Rule("value_missing", ~is_event & pl.any_horizontal(pl.col(name).is_null() for name in _VALUE_COLUMNS))
    yield Rule("measure_unfit_for_indicator", is_event != kind_is_event)


def _value_rules(data: dict[str, Any]) -> Iterable[Rule]:
    low, high, measure, indicator = (pl.col(name) for name in ("value_low", "value_high", "measure", "indicator"))
    signed = measure.is_in(data["negative"]["measures"]) | indicator.is_in(data["negative"]["indicators"])
    is_share = measure == "share"
    whole = data["ceiling"]["measure"]["share"]
    floor = data["floor"]
    size = pl.max_horizontal(low.abs(), high.abs())
    yield Rule("low_above_high", low > high)
    yield Rule("value_not_finite", ~(low.is_finite() & high.is_finite()))
    yield Rule("share_out_of_range", is_share & ((low < pl.when(signed).then(-whole).otherwise(0)) | (high > whole)))
    yield Rule("negative_value", ~is_share & ~signed & (low < 0))
    yield Rule("growth_below_floor", (measure == "growth") & ~indicator.is_in(floor["growth_free"]) & (low < floor["growth"]))
    yield Rule("implausible_value", ~is_share & (size > pl.col("ceiling")))
    yield Rule("range_too_wide", (low * high > 0) & (size > data["range"]["widest"] * pl.min_horizontal(low.abs(), high.abs())))
    yield Rule("unit_unfit_for_indicator", ~pl.col("unit_fits"))
    yield Rule("tariff_in_goods", (indicator == "tariff") & _in_goods(data) & ~_is_quota(data))


def _in_goods(data: dict[str, Any]) -> pl.Expr:
    """Whether a unit counts goods by mass, volume, energy or pieces; a price for them (`USD/t`) does not."""
    kinds = vocabulary().kind_of_unit
    units = [unit for unit in vocabulary().units if (kinds(unit) or "") in data["quota"]["units"]]
    amount = pl.col("unit").str.split("/").list.first()
    return amount.is_in(units)


def _is_quota(data: dict[str, Any]) -> pl.Expr:
    """Whether an amount of goods is one that a duty is limited to, by its bound or by the words of its evidence."""
    return (pl.col("bound") == "under") | pl.col("evidence").str.to_lowercase().str.contains_any(data["quota"]["words"])


def _time_rules(start: str, end: str, data: dict[str, Any]) -> Iterable[Rule]:
    first, last = date(data["years"]["first"], 1, 1), date(data["years"]["last"], 12, 31)
    name = start.removesuffix("_start")
    yield Rule(f"{name}_reversed", pl.col(start) > pl.col(end))
    yield Rule(f"{name}_out_of_range", pl.any_horizontal(~pl.col(column).is_between(first, last) for column in (start, end)))
    # Only the start tells: `this year` said in November ends after its publication and is a fact all the same.
    yield Rule("reported_in_future", (pl.col("modality") == "reported") & (pl.col(start) > pl.col("published_on")))


def _side_rule(same_side: dict[str, list[str]]) -> Rule:
    """A country on both sides, unless mutual flows among two or more, or the indicator lets sides meet. Blocs trade inside."""
    reporter, partner, indicator = pl.col("reporter"), pl.col("partner"), pl.col("indicator")
    countries = pl.Series(list(vocabulary().countries), dtype=pl.String)
    shared = reporter.list.set_intersection(partner).list.eval(pl.element().is_in(countries.implode())).list.any()
    equal = reporter == partner
    mutual = equal & (reporter.list.len() > 1)
    allowed = indicator.is_in(same_side["equal"]) | (indicator.is_in(same_side["overlap"]) & ~equal)
    return Rule("same_country_both_sides", shared & ~mutual & ~allowed)
