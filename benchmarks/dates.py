"""How `find_dates` fares on a public set of labelled dates and ranges that lies outside the repository.

    python benchmarks/dates.py FILE.jsonl [-v]

`-v` prints what is missed or wrong. The set labels spans with an inclusive end, and ranges with an exclusive one, except where
a range names both ends: there its end is the start of the last unit. Where it gives several values (the past and the coming
one), any of them is right.
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.language.dates import find_dates
from pipeline.language.marks import DateMark

KINDS = {"datetimeV2.date": "dates", "datetimeV2.daterange": "ranges"}
_SKIPPED_WORDS = re.compile(r"^(?:(?:the|on|in|during|this task)\s+)+")


class Case(NamedTuple):
    """A labelled date or range, and whether its span and its value were found."""

    kind: str
    text: str
    label: str
    span: bool
    right: bool


class Score(NamedTuple):
    """How many are labelled, and the shares of them whose span, and whose span and value, were found."""

    labelled: int
    span: float
    right: float


def main() -> None:
    """Prints a line for dates and one for ranges."""
    options = argparse.ArgumentParser(description="How find_dates fares on labelled dates and ranges.")
    options.add_argument("file", type=Path)
    options.add_argument("-v", "--verbose", action="store_true", help="print what is missed or wrong")
    asked = options.parse_args()
    if not asked.file.exists():
        raise SystemExit(f"{asked.file} is not here: nothing measured")
    found = list(cases(asked.file))
    for case in found if asked.verbose else ():
        if not case.right:
            print(f"{case.kind} | {case.text[:110]} | {case.label}")
    for kind, score in scores(found).items():
        print(f"{kind}: {score.labelled} labelled, span {score.span:.3f}, span and value {score.right:.3f}")


def cases(path: Path) -> Iterator[Case]:
    """Every labelled date and range of the set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        marks = find_dates(text["text"], date.fromisoformat(text["ref"][:10]) if text["ref"] else None)
        for label in text["results"]:
            if label["type"] in KINDS:
                yield _judged(KINDS[label["type"]], text["text"], label, marks)


def scores(found: Sequence[Case]) -> dict[str, Score]:
    """The score of each kind."""
    of_kinds = {kind: [case for case in found if case.kind == kind] for kind in KINDS.values()}
    return {
        kind: Score(len(of_kind), *(sum(hits) / max(len(of_kind), 1) for hits in _hits(of_kind)))
        for kind, of_kind in of_kinds.items()
    }


def _hits(of_kind: Sequence[Case]) -> tuple[list[bool], list[bool]]:
    return [case.span for case in of_kind], [case.right for case in of_kind]


def _judged(kind: str, text: str, label: Mapping[str, Any], marks: Sequence[DateMark]) -> Case:
    wanted = stripped(text[label["start"] : label["end"] + 1])
    same = [mark for mark in marks if stripped(mark.text) == wanted]
    values = label.get("resolution", {}).get("values", [])
    right = any(_agrees(mark, value, kind) for mark in same for value in values) or (bool(same) and not values)
    return Case(kind, text, label["text"], bool(same), right)


def stripped(text: str) -> str:
    """The span without the words that neither side counts in the same way."""
    return _SKIPPED_WORDS.sub("", text.lower().strip())


def _agrees(mark: DateMark, value: Mapping[str, str], kind: str) -> bool:
    if value.get("value") == "not resolved":
        return mark.date_start is None or kind == "ranges"
    if kind == "dates":
        return mark.date_start == mark.date_end == day(value.get("value"))
    start, end = day(value.get("start")), day(value.get("end"))
    exclusive = end - timedelta(days=1) if end else None
    open_since = value.get("Mod") in ("since", "since-end") and end is None
    ends = mark.date_end == exclusive or (end and mark.date_end and _same_unit(mark.date_end, end)) or open_since
    return mark.date_start == start and bool(ends)


def day(value: str | None) -> date | None:
    """The day that a label or value names, None if it is no single day."""
    return date.fromisoformat(value) if value and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None


def _same_unit(ours: date, end: date) -> bool:
    """Whether our inclusive end closes the day, month or year that the label's exclusive end opens."""
    after = ours + timedelta(days=1)
    return (
        ours == end
        or (end.day == 1 and after.day == 1 and (ours.year, ours.month) == (end.year, end.month))
        or ((end.month, end.day) == (1, 1) and (ours.year, ours.month, ours.day) == (end.year, 12, 31))
    )


if __name__ == "__main__":
    main()
