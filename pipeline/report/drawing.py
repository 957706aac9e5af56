"""Draws a chart as SVG that may stand in a page: only shapes, text and links within the page, in the colours of the page.

Vega draws; what comes out is written anew from a short list of elements and attributes, so that nothing else can get through.
Words do not go through it, since some control characters make it abort the whole process: it draws tokens, and the words take
their place afterwards. What a chart shows belongs to `charts`.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import vl_convert
from markupsafe import Markup, escape

from pipeline.report.text import straight

# Colours in a chart's description stand for a role; the page's style says what it looks like, by day, by night and in print.
ROLES = {
    "#101010": "ink",
    "#202020": "muted",
    "#303030": "line",
    "#404040": "grid",
    "#505050": "paper",
    "#0072b2": "reported",
    "#009e73": "forecast",
    "#d55e00": "target",
    "#cc79a7": "possible",
    "#56b4e9": "second",
}
COLOUR = {role: colour for colour, role in ROLES.items()}

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_ATTRIBUTES = {
    "path": ("transform", "d"),
    "line": ("transform", "x1", "x2", "y1", "y2"),
    "rect": ("transform", "x", "y", "width", "height", "rx"),
    "text": ("transform", "text-anchor", "font-size", "font-weight", "font-style"),
}
_LINES = ("stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "fill-opacity", "stroke-opacity")
_PAINTS = ("fill", "stroke")
_NUMBERS = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_SAFE = re.compile(r"[\w\s#(),.;:%+\-]*")
_ANCHOR = re.compile(r"#(c-[A-Za-z0-9_-]{1,80})$")
_TOKEN = re.compile(r"w(\d+)w")
_WORDS = ("told", "caption")  # fields of data that hold words
_IDLE = {
    "stroke-width": "1",
    "stroke-dasharray": "",
    "stroke-linecap": "butt",
    "opacity": "1",
    "text-anchor": "start",
    "font-weight": "normal",
}
_LONGEST_WORDS = 300
_TOUCH = 11  # half the width of what answers to a finger, in units of the drawing


def draw(spec: dict[str, Any], label: str) -> Markup:
    """The SVG of a Vega-Lite description; `label` tells those who cannot see it what it is.

    Marks with an `href` of `#c-<claim>` become links, named by their `description`. Raises `ValueError` when the description
    makes something that has no place in a page.
    """
    words: list[str] = []
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(_with_tokens(spec, words), allowed_base_urls=[]))
    # Written by hand, not serialised: what is not listed above cannot appear.
    writer = _Writer(words)
    parts = [
        f'<svg viewBox="{escape(root.get("viewBox"))}" role="group" aria-label="{escape(straight(label, _LONGEST_WORDS))}">'
    ]
    for child in root:
        parts.extend(writer.written(child, hidden=False))
    parts.append("</svg>")
    return Markup("".join(parts))


def _with_tokens(part: Any, words: list[str]) -> Any:
    """The description with a token for each of its words, which go to `words`, and without links that lead elsewhere."""
    if isinstance(part, list):
        return [_with_tokens(each, words) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _token(value, words)
        if name in _WORDS and isinstance(value, str)
        else _evidence(value)
        if name == "href" and isinstance(value, str)
        else _with_tokens(value, words)
        for name, value in part.items()
    }


def _token(text: str, words: list[str]) -> str:
    words.append(text)
    return f"w{len(words) - 1}w"


def _evidence(target: str) -> str:
    return target if _ANCHOR.fullmatch(target) else "#"


class _Writer:
    """Writes what Vega drew, with `words` in place of their tokens."""

    def __init__(self, words: list[str]) -> None:
        self._words = words

    def written(self, element: ElementTree.Element, hidden: bool) -> Iterator[str]:
        """The parts of an element; nothing of what cannot be seen."""
        name = element.tag.removeprefix(_SVG)
        if element.get("display") == "none" or element.get("opacity") == "0" or element.get("d") in ("", "M0,0h0v0h0Z"):
            return
        if name == "g":
            yield from self._group(element, hidden)
        elif name == "a":
            yield from self._link(element)
        elif name == "text":
            yield f"{_opening(element, name)}>{escape(self._word(''.join(element.itertext())))}</text>"
        elif name not in _ATTRIBUTES:
            raise ValueError(f"a chart may not hold <{name}>")
        elif any(element.get(paint) not in (None, "none", "transparent") for paint in _PAINTS):
            yield f"{_opening(element, name)}/>"

    def _group(self, element: ElementTree.Element, hidden: bool) -> Iterator[str]:
        """A group only where it moves its content; axes are told in words beside the chart."""
        axis = not hidden and "role-axis" in (element.get("class") or "")
        moved = element.get("transform", "translate(0,0)")
        content = [part for child in element for part in self.written(child, hidden or axis)]
        told = (' aria-hidden="true"' if axis else "") + (f' transform="{_safe(moved)}"' if moved != "translate(0,0)" else "")
        if content:
            yield from [f"<g{told}>", *content, "</g>"] if told else content

    def _link(self, element: ElementTree.Element) -> Iterator[str]:
        content = [part for child in element for part in self.written(child, hidden=True)]
        anchor = _ANCHOR.search(element.get(_LINK) or "")
        if anchor is None or not content:
            yield from content
            return
        yield f'<a href="#{anchor[1]}">'
        told = next((child.get("aria-label") for child in element if child.get("aria-label")), None)
        if told:
            yield f"<title>{escape(self._word(told))}</title>"
        place = element[0].get("transform")
        if place is not None and element[0].tag == f"{_SVG}path":
            yield f'<circle class="touch" transform="{_safe(place)}" r="{_TOUCH}"/>'
        yield from content
        yield "</a>"

    def _word(self, text: str) -> str:
        token = _TOKEN.fullmatch(text)
        return straight(self._words[int(token[1])] if token else text, _LONGEST_WORDS)


def _opening(element: ElementTree.Element, name: str) -> str:
    """The element with the attributes that it may have, without the sign that ends it."""
    parts = [f"<{name}"]
    for attribute in (*_ATTRIBUTES[name], *_LINES):
        value = element.get(attribute)
        if value is not None and value != _IDLE.get(attribute):
            parts.append(f' {attribute}="{_safe(value.removesuffix("px"))}"')
    for attribute in _PAINTS:
        value = element.get(attribute)
        if value is None and attribute == "fill" and name == "path":
            value = "none"
        if value is not None and not (name == "line" and attribute == "fill"):
            parts.append(f' {attribute}="{_paint(value)}"')
    return "".join(parts)


def _paint(value: str) -> str:
    if value in ("none", "transparent"):
        return "none"
    if value.lower() not in ROLES:
        raise ValueError(f"a chart may not use the colour {value}, which has no role in the page")
    return f"var(--{ROLES[value.lower()]})"


def _safe(value: str) -> str:
    if not _SAFE.fullmatch(value):
        raise ValueError(f"a chart may not hold the attribute value {value!r}")
    return _NUMBERS.sub(_rounded, value)


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")
