"""Tables in Markdown. The values come from texts that nobody vetted, so none of them may become markup."""

import re
from collections.abc import Iterable, Sequence

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~$])")
# White space, control characters, and those that hide or reorder what follows.
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[object]], most: int | None = None) -> str:
    """A table in Markdown, values longer than `most` code points cut."""
    header = [[_cell(column, None) for column in columns], ["---"] * len(columns)]
    lines = [*header, *([_cell(value, most) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object, most: int | None) -> str:
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    text = _SPACE.sub(" ", text).strip()
    if most is not None and len(text) > most:
        text = text[: most - 1] + "…"
    return _MARKUP.sub(r"\\\1", text)
