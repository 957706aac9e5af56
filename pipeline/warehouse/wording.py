"""Puts a claim into one line that a person reads: what, between whom, how much, when, how certain.

Only codes and numbers of the claim are used, and names as they stand in the text; what they mean belongs to the contract.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from pipeline.contract.reference import read_toml

# The columns that a summary tells of, whatever the family.
SUMMARISED = frozenset(
    [
        "family",
        "indicator",
        "measure",
        "value_low",
        "value_high",
        "bound",
        "unit",
        "reporter",
        "partner",
        "origin",
        "destination",
        "corridor",
        "mode",
        "commodity",
        "period_start",
        "period_end",
        "modality",
        "name",
        "form",
        "subject",
        "status",
        "parties",
        "organisations",
        "date_start",
        "date_end",
    ]
)
REPORTED = "reported"
LEVEL = "level"
EVENT = "event"
_WHOLE = 1e15  # from here on neighbouring numbers are about a whole apart
_DIFFERENCE = frozenset({"change", "growth"})  # told with their sign


def summary(claim: Mapping[str, Any]) -> str:
    """What a claim says, in one line. `claim` has `family` and the columns of its table."""
    return _agreement(claim) if claim["family"] == "agreement" else _quantity(claim)


def _quantity(claim: Mapping[str, Any]) -> str:
    modality = claim["modality"]
    told = (
        _subject(claim["indicator"], claim["measure"], claim["commodity"]),
        _sides(claim["indicator"], claim["reporter"], claim["partner"]),
        "" if _named_by_sides(claim) else _journey(claim["origin"], claim["destination"]),
        f"over {claim['corridor']}" if claim["corridor"] else "",
        f"by {claim['mode']}" if claim["mode"] else "",
    )
    value = _value(claim["value_low"], claim["value_high"], claim["bound"], claim["unit"], claim["measure"])
    when = period(claim["period_start"], claim["period_end"])
    what = " ".join(part for part in told if part)
    detail = ", ".join(part for part in (value, when) if part)
    return f"{what}{': ' if detail else ''}{detail}{'' if modality == REPORTED else f' ({modality})'}"


def _agreement(claim: Mapping[str, Any]) -> str:
    modality = claim["modality"]
    name = f" “{claim['name']}”" if claim["name"] else ""
    subject = "" if claim["subject"] == "other" else f" on {claim['subject']}"
    sides = ", ".join((*claim["parties"], *claim["organisations"]))
    when = period(claim["date_start"], claim["date_end"])
    parts = (f" between {sides}" if sides else "", f": {_spaced(claim['status'])}", f" {when}" if when else "")
    what = "instrument" if claim["form"] == "other" else claim["form"]
    return f"{what}{subject}{name}{''.join(parts)}{'' if modality == REPORTED else f' ({modality})'}"


@cache
def _spaced(code: str) -> str:
    return code.replace("_", " ")


@lru_cache(maxsize=4096)
def _subject(indicator: str, measure: str, commodity: str | None) -> str:
    what = _spaced(indicator) + (f" of {_spaced(commodity)}" if commodity else "")
    return what if measure in (LEVEL, EVENT) else f"{measure} of {what}"


def _sides(indicator: str, reporter: Sequence[str], partner: Sequence[str]) -> str:
    if not partner:
        return ", ".join(reporter)
    words = read_toml("analysis/wording.toml")["between_sides"]
    between = f"{words.get(indicator, words['other'])} {', '.join(partner)}"
    return f"{', '.join(reporter)} {between}" if reporter else between


def _named_by_sides(claim: Mapping[str, Any]) -> bool:
    """Whether the goods go between the sides that are told already."""
    sides, ends = (claim["reporter"], claim["partner"]), (claim["origin"], claim["destination"])
    return ends in (sides, sides[::-1])


def _journey(origin: Sequence[str], destination: Sequence[str]) -> str:
    start, end = (f"from {', '.join(origin)}" if origin else "", f"to {', '.join(destination)}" if destination else "")
    return f"{start} {end}".strip()


def _value(low: float | None, high: float | None, bound: str | None, unit: str | None, measure: str) -> str:
    if low is None:
        return ""
    sign = "+" if measure in _DIFFERENCE else ""
    amount = number(low, sign) if high is None or low == high else f"{number(low, sign)} to {number(high, sign)}"
    before = read_toml("analysis/wording.toml")["bound"].get(bound, "")
    return f"{before}{amount} {unit or ''}".rstrip()


@lru_cache(maxsize=4096)
def number(value: float, sign: str = "") -> str:
    """A number with commas between thousands; `sign` is `+` to tell positive ones by their sign too."""
    # All digits that a number in a text can have, without the traces of binary fractions; no exponent.
    return f"{value:{sign},.0f}" if abs(value) >= _WHOLE else f"{value:{sign},.15g}"


@lru_cache(maxsize=4096)
def period(start: date | None, end: date | None) -> str:
    """A time in words: `2024`, `2024-05`, `2024-05-04`, `2024-01-01 to 2024-05-31`, `from ...`, `by ...`, or nothing."""
    if start is None or end is None:
        return f"from {start}" if start else f"by {end}" if end else ""
    if start == end:
        return str(start)
    closes_month = (end + timedelta(days=1)).day == 1 if end < date.max else True
    if start.day == 1 and closes_month and start.year == end.year:
        if (start.month, end.month) == (1, 12):
            return f"{start.year:04}"
        if start.month == end.month:
            return f"{start:%Y-%m}"
    return f"{start} to {end}"
