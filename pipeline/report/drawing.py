"""Draws a chart as SVG that may stand in a page: only shapes, text and links within the page, in the colours of the page.

Vega draws; what comes out is written anew from a short list of elements and attributes, so that nothing else can get through.
What a chart shows belongs to `charts`.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import vl_convert
from markupsafe import Markup, escape

from pipeline.report.text import clean

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
_ANCHOR = re.compile(r"#(c-[\w-]{1,80})$")
_IDLE = {"stroke-width": "1", "stroke-dasharray": "", "stroke-linecap": "butt", "opacity": "1", "text-anchor": "start", "font-weight": "normal"}
_TOUCH = 11  # half the width of what answers to a finger, in units of the drawing


def draw(spec: dict[str, Any], label: str) -> Markup:
    """The SVG of a Vega-Lite description; `label` tells those who cannot see it what it is.

    Marks with an `href` of `#c-<claim>` become links, named by their `description`. Raises `ValueError` when the description
    makes something that has no place in a page.
    """
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
    # Written by hand, not serialised: what is not listed above cannot appear.
    parts = [f'<svg viewBox="{escape(root.get("viewBox"))}" role="group" aria-label="{escape(clean(label))}">']
    for child in root:
        parts.extend(_written(child, hidden=False))
    parts.append("</svg>")
    return Markup("".join(parts))


def _written(element: ElementTree.Element, hidden: bool) -> Iterator[str]:
    name = element.tag.removeprefix(_SVG)
    if element.get("display") == "none" or element.get("opacity") == "0" or element.get("d") in ("", "M0,0h0v0h0Z"):
        return
    if name == "g":
        yield from _group(element, hidden)
    elif name == "a":
        yield from _link(element)
    elif name in _ATTRIBUTES:
        yield from _shape(element, name)
    else:
        raise ValueError(f"a chart may not hold <{name}>")


def _group(element: ElementTree.Element, hidden: bool) -> Iterator[str]:
    """A group only where it moves its content; axes are told in words beside the chart."""
    axis = not hidden and "role-axis" in (element.get("class") or "")
    moved = element.get("transform")
    moves = moved is not None and moved != "translate(0,0)"
    content = [part for child in element for part in _written(child, hidden or axis)]
    if not content:
        return
    if not (moves or axis):
        yield from content
        return
    yield "<g"
    if axis:
        yield ' aria-hidden="true"'
    if moves:
        yield f' transform="{_safe(moved or "")}"'
    yield ">"
    yield from content
    yield "</g>"


def _link(element: ElementTree.Element) -> Iterator[str]:
    content = [part for child in element for part in _written(child, hidden=True)]
    anchor = _ANCHOR.search(element.get(_LINK) or "")
    if anchor is None or not content:
        yield from content
        return
    told = next((child.get("aria-label") for child in element if child.get("aria-label")), None)
    yield f'<a href="#{anchor[1]}">'
    if told:
        yield f"<title>{escape(clean(told))}</title>"
    place = element[0].get("transform") if element[0].tag == f"{_SVG}path" else None
    if place is not None:
        yield f'<circle class="touch" transform="{_safe(place)}" r="{_TOUCH}"/>'
    yield from content
    yield "</a>"


def _shape(element: ElementTree.Element, name: str) -> Iterator[str]:
    yield f"<{name}"
    for attribute in (*_ATTRIBUTES[name], *_LINES):
        value = element.get(attribute)
        if value is not None and value != _IDLE.get(attribute):
            yield f' {attribute}="{_safe(value.removesuffix("px") if attribute == "font-size" else value)}"'
    for attribute in _PAINTS:
        value = element.get(attribute)
        if value is None and attribute == "fill" and name in ("path", "line", "rect"):
            value = "none"
        if value is not None:
            yield f' {attribute}="{_paint(value)}"'
    if name == "text":
        yield f">{escape(clean(''.join(element.itertext())))}</text>"
    else:
        yield "/>"


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
