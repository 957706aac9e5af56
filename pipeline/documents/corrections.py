"""Whether a text says that it is a later version of one published before: a correction, a refiled or an updated story.

Only what the text says of itself belongs here; which text it supersedes is decided in `standing`.
"""

import re
from functools import cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.documents.document import Document

# The number of a version is read up to here: beyond stand years.
_MOST_UPDATES = 99
_QUOTES = str.maketrans("’‘“”", "''\"\"")


class _Cues(NamedTuple):
    head: int
    foot: int
    corrected: re.Pattern[str]
    updated: re.Pattern[str]


def version_told(document: Document) -> int:
    """Which version of its story a text says to be: 0 if it says nothing, and the higher, the later of one day.

    A correction of the first version is 1, an update 2, `UPDATE 2` 4, and a correction of that 5.
    """
    cues = _cues()
    text = document.text
    ends = f"{text[: cues.head]}\n{text[max(cues.head, len(text) - cues.foot) :]}".casefold().translate(_QUOTES)
    numbers = [int(found["number"] or 1) for found in cues.updated.finditer(ends)]
    update = max((number for number in numbers if number <= _MOST_UPDATES), default=0)
    return 2 * update + (cues.corrected.search(ends) is not None)


@cache
def _cues() -> _Cues:
    data = read_toml("corrections.toml")
    return _Cues(data["head"], data["foot"], _pattern(data, "corrected"), _pattern(data, "updated"))


def _pattern(data: dict[str, Any], kind: str) -> re.Pattern[str]:
    headline = "|".join(map(re.escape, data["headline"][kind]))
    others = "|".join(re.escape(word) for kinds in ("corrected", "updated") for word in data["headline"][kinds])
    openings = "|".join(map(re.escape, data["openings"][kind]))
    phrases = "|".join(map(re.escape, data["phrases"][kind]))
    # Another word of the kind may stand in front: CORRECTED-UPDATE 2-.
    in_front = rf"^[ \t*_#>]{{0,8}}(?:(?:{others}) ?[-–—:] ?){{0,2}}(?:{headline})(?: (?P<number>\d{{1,3}}))? ?[-–—:]"
    return re.compile(rf"{in_front}|^[ \t*_#>]{{0,8}}(?:{openings})|\b(?:{phrases})", re.MULTILINE)
