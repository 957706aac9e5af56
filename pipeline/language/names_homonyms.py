"""Reads names anew that mean something else in some texts: Moscow in Soviet days, Georgia in the United States.

Belongs here: applying `seeds/reference/homonyms.csv` to the marks of a whole text. Which marks there are belongs to
`pipeline.language.names`.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple, cast

from pipeline.contract.reference import read_rows
from pipeline.language.marks import NameKind, NameMark


class _Homonym(NamedTuple):
    forms: frozenset[str]
    witnesses: frozenset[str]
    against: frozenset[str]
    before: date
    kind: NameKind
    code: str

    def holds(self, keys: set[str], published_on: date | None) -> bool:
        """Whether a text with these keys, published on that day, uses the name in its other meaning."""
        if published_on is not None and published_on < self.before:
            return True
        return bool(keys & self.witnesses) and not keys & self.against


@cache
def _homonyms() -> dict[str, _Homonym]:
    def keys(cell: str) -> frozenset[str]:
        return frozenset(cell.split("|"))

    return {
        row["key"]: _Homonym(
            keys(row["forms"]),
            keys(row["witnesses"]),
            keys(row["against"]),
            date.fromisoformat(row["before"]) if row["before"] else date.min,
            cast(NameKind, row["kind"]),
            row["code"],
        )
        for row in read_rows("homonyms.csv")
    }


def read_homonyms(marks: list[NameMark], published_on: date | None) -> list[NameMark]:
    """The marks of one text, with the names that this text uses in their other meaning read so."""
    homonyms = _homonyms()
    keys = {mark.key for mark in marks}
    suspects = keys & homonyms.keys()
    if not suspects:
        return marks
    keys |= {f"{mark.key}/{mark.form}" for mark in marks}
    other = {key: homonyms[key] for key in suspects if homonyms[key].holds(keys, published_on)}
    return [
        replace(mark, kind=other[mark.key].kind, codes=(other[mark.key].code,), key=other[mark.key].code)
        if mark.key in other and mark.form in other[mark.key].forms
        else mark
        for mark in marks
    ]
