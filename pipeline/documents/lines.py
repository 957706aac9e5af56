"""The lines of a text and how they make up paragraphs. Says nothing about what a line is for.

Lines are spans into the text; white space at both ends and blank lines are left out.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

# A line from its first to its last visible character, and what stands before it.
_LINE = re.compile(r"(?P<before>\s*)(?P<line>\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*)")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
BULLET = re.compile(
    r"(?:[•*‣▪■●○◦►▶➤✓√»>·][ \t\u00a0]*|[-–—][ \t\u00a0]+|\(?(?:\d{1,2}|[a-zA-Z])[.)](?=[ \t\u00a0])[ \t\u00a0]+)"
)


class Line(NamedTuple):
    """One line that is not blank, the `number`-th of these. `indent` counts the columns before it."""

    number: int
    start: int
    end: int
    indent: int
    blank_before: bool
    text: str


def split_lines(text: str) -> list[Line]:
    """All lines that are not blank, in order."""
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        before = match["before"]
        breaks = list(_BREAK.finditer(before))
        indent = len(before) - breaks[-1].end() if breaks else len(before)
        content = match["line"].rstrip()
        start = match.start("line")
        lines.append(Line(len(lines), start, start + len(content), indent, len(breaks) > 1 or not lines, content))
    return lines


def wrap_width(lines: Sequence[Line], longest: int) -> int | None:
    """The column at which the text is hard-wrapped, or None if its lines are whole paragraphs.

    Hard-wrapped text has many lines close below one width and next to none beyond it.
    """
    widths = sorted(line.indent + len(line.text) for line in lines)
    if len(widths) < 3 or widths[-1 - len(widths) // 50] > longest:
        return None
    width = widths[-1 - len(widths) // 50]
    full = sum(1 for one in widths if one >= width * 0.8)
    return width if width >= 45 and full * 4 >= len(widths) else None


def goes_on(line: Line, following: Line, width: int | None) -> bool:
    """Whether `following` continues the paragraph of `line` in text wrapped at `width`.

    A line goes on if the first word of the next one would not have fitted, and the next one is neither indented deeper
    nor a list item.
    """
    if width is None or following.blank_before or following.number != line.number + 1:
        return False
    if following.indent > line.indent + 1 or BULLET.match(following.text):
        return False
    word = following.text.split(None, 1)[0]
    room = width - line.indent - len(line.text)
    return len(word) >= room or (following.text[0].islower() and room < width // 3)
