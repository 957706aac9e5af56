"""The lines of a text and how they make up paragraphs. Says nothing about what a line is for.

Lines are spans into the text; white space at both ends and blank lines are left out.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

# A line from its first visible character.
_LINE = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
# `A.` is an initial more often than a list's letter; `a)` is a letter.
BULLET = re.compile(
    r"(?:[•*‣▪■●○◦►▶➤✓√»>·][ \t\u00a0]*|[-–—][ \t\u00a0]+|\(?(?:\d{1,2}[.)]|[a-zA-Z]\))(?=[ \t\u00a0])[ \t\u00a0]+)"
)
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+|\*\*(?=\S.*\*\*$)")
_ENDING = re.compile(r"(?P<stop>[.!?:;…])[\"”’»)\]']*$")


class Line(NamedTuple):
    """One line that is not blank, the `number`-th of these. `indent` counts the columns before it."""

    number: int
    start: int
    end: int
    indent: int
    blank_before: bool
    text: str


def mark_end(text: str) -> int:
    """Where a line begins after a list mark or the mark of a Markdown heading."""
    match = BULLET.match(text) or _HEADING_MARK.match(text)
    return match.end() if match and match.end() < len(text) else 0


def bare(text: str) -> str:
    """A line without its list mark and without the marks of Markdown at its ends."""
    match = BULLET.match(text)
    return (text[match.end() :] if match else text).strip("*_#= \t")


def final_stop(text: str) -> str:
    """The punctuation with which a text ends, closing quotes and brackets after it left out: one of `.!?:;…` or empty."""
    match = _ENDING.search(text, max(0, len(text) - 12))
    return match["stop"] if match else ""


def split_lines(text: str) -> list[Line]:
    """All lines that are not blank, in order."""
    lines: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        before = text[end : match.start()]
        breaks, indent = (1, 0) if before == "\n" else _measured(before)
        content = match.group().rstrip()
        start, end = match.span()
        lines.append(Line(len(lines), start, start + len(content), indent, breaks > 1 or not lines, content))
    return lines


def _measured(before: str) -> tuple[int, int]:
    """How many line ends white space holds, two at most, and how many columns follow the last of them."""
    parts = before.splitlines()
    last = 0 if not parts or len(parts[-1]) < len(before.splitlines(keepends=True)[-1]) else len(parts[-1])
    return min(2, len(parts) - (last > 0)), last


class Wrapping(NamedTuple):
    """How a text is hard-wrapped: at which column, and whether each paragraph's first line is indented."""

    width: int
    indented: bool


def wrapping(lines: Sequence[Line], longest: int) -> Wrapping | None:
    """How the text is wrapped, or None if its lines are whole paragraphs.

    Hard-wrapped text has many lines close below one width and next to none beyond it.
    """
    widths = sorted(line.indent + len(line.text) for line in lines)
    if len(widths) < 3:
        return None
    width = widths[-1 - len(widths) // 50]
    full = sum(1 for one in widths if one >= width * 0.8)
    if not 45 <= width <= longest or full * 4 < len(widths):
        return None
    # A line that hangs below a list mark opens no paragraph.
    opening = (
        line.indent >= 2 and not before.indent and not after.indent and not BULLET.match(before.text)
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
    )
    first_lines = sum(opening) + (lines[0].indent >= 2 and not lines[1].indent)
    return Wrapping(width, first_lines >= 2)


def goes_on(line: Line, following: Line, wrapped: Wrapping | None) -> bool:
    """Whether `following` continues the paragraph of `line` in hard-wrapped text.

    Where first lines of paragraphs are indented, every other line does. Elsewhere a line goes on if the first word of the
    next one would not have fitted, or if it is nearly full and ends without a stop. Below a list mark it may hang.
    """
    if wrapped is None or following.blank_before or following.number != line.number + 1:
        return False
    if wrapped.indented:
        return following.indent < 2 and not (line.indent == 0 and line.blank_before)
    bullet = BULLET.match(line.text)
    hanging = bullet is not None and following.indent == line.indent + bullet.end()
    if (following.indent > line.indent + 1 and not hanging) or BULLET.match(following.text):
        return False
    word = following.text.split(None, 1)[0]
    room = wrapped.width - line.indent - len(line.text)
    nearly_full = room * 3 < wrapped.width
    return len(word) >= room or (nearly_full and (word[0].islower() or not final_stop(line.text)))
