"""The drawings of a page: taken over from the page before where they show the same, else drawn.

Describing and drawing a chart is most of the work of a page, and most charts of a page show what they showed in the last one. A
drawing names in the page what it was made from, and what it is itself; so no other is ever taken for it, and one that was
damaged is drawn again. Nothing is kept but the page, so nothing grows. How a chart is drawn belongs to `charts` and `drawing`.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from markupsafe import Markup

from pipeline.claims.version import digest_of

_MARK = "data-drawn"
_OPENS = "<svg"
_DRAWN = re.compile(rf'{_OPENS} {_MARK}="([0-9a-f]{{32}})-([0-9a-f]{{32}})"( [^<]*>.*?</svg>)', re.DOTALL)
_DIGEST_BYTES = 16
_DRAW_WITH = ("altair", "vl-convert-python")
_LARGEST_PAGE = 50_000_000  # bytes; what is larger is none of ours


class Drawings:
    """Makes drawings; of those that are `kept`, by what they were made from, none is drawn again."""

    def __init__(self, kept: Mapping[str, Markup] | None = None) -> None:
        self._kept = dict(kept or {})

    @classmethod
    def of_page(cls, path: Path) -> "Drawings":
        """Those of a page, as far as they are whole; none if there is no page, or none that can be read."""
        try:
            if not path.is_file() or path.stat().st_size > _LARGEST_PAGE:
                return cls()
            page = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return cls()
        found = (match.groups() for match in _DRAWN.finditer(page))
        return cls({key: _named(key, body) for key, check, body in found if _digest(body) == check})

    def drawn(self, chart: str, label: str, *shown: object) -> Markup:
        """The chart of that name in `charts`, of what it is to show, as SVG; `label` tells those who cannot see it what it is.

        What is shown are values, and dataclasses and sequences of them: their representations tell all that they hold.
        """
        key = _digest(f"{_made_by()}\0{chart}\0{label}\0{shown!r}")
        if key not in self._kept:
            self._kept[key] = _named(key, _anew(chart, label, *shown))
        return self._kept[key]


def _anew(chart: str, label: str, *shown: object) -> str:
    """The SVG without its opening."""
    # Loaded only now: a page whose drawings are all kept does without.
    from pipeline.report import charts  # noqa: PLC0415
    from pipeline.report.drawing import draw  # noqa: PLC0415

    return str(draw(getattr(charts, chart)(*shown), label)).removeprefix(_OPENS)


def _named(key: str, body: str) -> Markup:
    return Markup(f'{_OPENS} {_MARK}="{key}-{_digest(body)}"{body}')


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


@cache
def _made_by() -> str:
    """What draws: a hash of the code of this package, with the versions of the libraries."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    return f"{digest_of(code)} {','.join(f'{name} {version(name)}' for name in _DRAW_WITH)}"
