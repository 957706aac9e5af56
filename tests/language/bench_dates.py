"""Measures `find_dates` on a public set of labelled dates and ranges that lies outside the repository; prints the misses.

Run as a script: `python tests/language/bench_dates.py FILE.jsonl [-v]`. It is no test and asserts nothing. The set labels
spans with an inclusive end, and ranges with an exclusive one, except where a range names both ends: there its end is the
start of the last unit. Where it gives several values (the past and the coming one), any of them is right.
"""

import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path

from pipeline.language.dates import find_dates
from pipeline.language.marks import DateMark

KINDS = {"datetimeV2.date": "dates", "datetimeV2.daterange": "ranges"}


def stripped(text: str) -> str:
    """The span without the words that neither side counts in the same way."""
    return re.sub(r"^(?:(?:the|on|in|during|this task)\s+)+", "", text.lower().strip())


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None


def agrees(mark: DateMark, value: dict[str, str], kind: str) -> bool:
    if value.get("value") == "not resolved":
        return mark.date_start is None or kind == "ranges"
    if kind == "dates":
        return mark.date_start == mark.date_end == day(value.get("value"))
    start, end = day(value.get("start")), day(value.get("end"))
    exclusive = end - timedelta(days=1) if end else None
    open_since = value.get("Mod") in ("since", "since-end") and end is None
    ends = mark.date_end == exclusive or (end and mark.date_end and same_unit(mark.date_end, end)) or open_since
    return mark.date_start == start and bool(ends)


def same_unit(ours: date, end: date) -> bool:
    """Whether our inclusive end closes the day, month or year that the label's exclusive end opens."""
    after = ours + timedelta(days=1)
    return (
        ours == end
        or (end.day == 1 and after.day == 1 and (ours.year, ours.month) == (end.year, end.month))
        or ((end.month, end.day) == (1, 1) and (ours.year, ours.month, ours.day) == (end.year, 12, 31))
    )


def main(path: str, verbose: bool) -> None:
    seen = dict.fromkeys(KINDS.values(), 0)
    spans, right = dict(seen), dict(seen)
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        marks = find_dates(case["text"], date.fromisoformat(case["ref"][:10]) if case["ref"] else None)
        for result in case["results"]:
            kind = KINDS.get(result["type"])
            if not kind:
                continue
            seen[kind] += 1
            same = [
                mark for mark in marks if stripped(mark.text) == stripped(case["text"][result["start"] : result["end"] + 1])
            ]
            values = result.get("resolution", {}).get("values", [])
            good = any(agrees(mark, value, kind) for mark in same for value in values) or (bool(same) and not values)
            spans[kind] += bool(same)
            right[kind] += good
            if verbose and not good:
                found = [(mark.text, str(mark.date_start), str(mark.date_end)) for mark in marks]
                wanted = [(value.get("value") or (value.get("start"), value.get("end"))) for value in values]
                print(kind, "|", case["text"][:110], "|", result["text"], "|", case["ref"][:10], "|", wanted, "|", found)
    for kind, count in seen.items():
        span, both = spans[kind] / max(count, 1), right[kind] / max(count, 1)
        print(f"{kind}: {count} labelled, span {span:.3f}, span and value {both:.3f}")


if __name__ == "__main__":
    if not Path(sys.argv[1]).exists():
        sys.exit(f"{sys.argv[1]} is not here: nothing measured")
    main(sys.argv[1], "-v" in sys.argv)
