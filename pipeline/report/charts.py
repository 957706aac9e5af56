"""Describes the charts of the report: amounts in their time, agreements step by step, figures of quality and coverage.

All charts are `WIDTH` units wide, so that they stay legible on a phone. What is asked and said is decided by the sections; how
a description becomes a drawing, by `drawing`.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

import altair as alt
from altair.utils.schemapi import debug_mode

from pipeline.report.drawing import COLOUR
from pipeline.report.labels import Label, Plot, place_labels
from pipeline.report.marks import Mark, Point, Step, year_of

WIDTH = 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 14, 14, 24
_HEIGHT = 214
_LANE = 35  # height of an agreement
_CROWDED_HEIGHT = 300
_CROWD = 8  # marks that need the more height
_FONT = 11
_KINDS = ("reported", "forecast", "target", "possible")
_SHAPES = {"reported": "circle", "forecast": "triangle-up", "target": "diamond", "possible": "square"}
_DASHES = {"reported": [], "forecast": [6, 3], "target": [2, 3], "possible": [1, 3]}
_MOST_TICKS = 6
_FEWEST_CLAIMS = 5  # that a point of a curve rests on; fewer say nothing
_QUARTERS = [0.0, 0.25, 0.5, 0.75, 1.0]
P = ParamSpec("P")
_NICE = (1, 2, 2.5, 5)
_MOST_STEPS = 4


def _described(chart: Callable[P, dict[str, Any]]) -> Callable[P, dict[str, Any]]:
    """Altair checks every part of a description against its schema, which takes longer than the drawing; tests do it once."""

    @wraps(chart)
    def without_checks(*arguments: P.args, **named: P.kwargs) -> dict[str, Any]:
        with debug_mode(False):
            return chart(*arguments, **named)

    return without_checks


def nice_top(largest: float) -> tuple[float, float]:
    """The end and the step of an axis from 0 that holds `largest` with room for a label."""
    reach = largest * 1.12 or 1.0
    power = math.floor(math.log10(reach)) - 1
    steps = (factor * 10.0**exponent for exponent in (power, power + 1) for factor in _NICE)
    step = next(step for step in steps if math.ceil(reach / step) <= _MOST_STEPS)
    return math.ceil(reach / step) * step, step


@_described
def amounts(marks: Sequence[Mark], span: tuple[int, int]) -> dict[str, Any]:
    """Amounts over time: each a bar over its period with a sign at its end; shape and dash tell what is reported from what is
    foreseen, aimed at or possible.
    """
    top, step = nice_top(max(mark.high for mark in marks))
    height = _CROWDED_HEIGHT if len(marks) > _CROWD else _HEIGHT
    plot = Plot(WIDTH - _LEFT - _RIGHT, height - _TOP - _BOTTOM, (float(span[0]), float(span[1])), (0.0, top))
    rows = [_row(mark, span) for mark in marks]
    x = alt.X("end:Q", scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=_year_axis(span))
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, top], nice=False, zero=False), axis=_amount_axis(top, step))
    base = _chart(rows).encode(x=x, y=y)
    bars = [
        base.transform_filter(f"datum.kind == '{kind}' && isValid(datum.start)")
        .mark_rule(strokeWidth=2, strokeDash=_DASHES[kind], strokeCap="butt", color=COLOUR[kind])
        .encode(x=alt.X("start:Q"), x2=alt.X2("end:Q"), opacity=_opacity())
        for kind in _present(marks)
        if any(mark.kind == kind and (mark.start or mark.lasting) for mark in marks)
    ]
    stems = base.transform_filter("datum.stem").mark_rule(strokeDash=[1, 3], color=COLOUR["target"]).encode(y2=alt.Y2Datum(0))
    spans = base.transform_filter("datum.low < datum.high").mark_rule(strokeWidth=1.2, color=COLOUR["ink"])
    spans = spans.encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    signs = base.mark_point(size=62, strokeWidth=1.8, opacity=1).encode(
        shape=alt.Shape("shape:N", scale=None),
        stroke=_colour("stroke"),
        fill=alt.Fill("fill:N", scale=None),
        opacity=alt.OpacityValue(1),
        href=alt.Href("href:N"),
        description=alt.Description("told:N"),
    )
    labels = place_labels(plot, [_label(mark, span) for mark in marks])
    names = (
        _chart(labels)
        .mark_text(fontSize=_FONT, baseline="middle", align="center")
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("caption:N"), color=alt.ColorValue(COLOUR["ink"]))
    )
    layers = [*bars, *([stems] if any(row["stem"] for row in rows) else []), spans, signs, *([names] if labels else [])]
    return _whole(alt.layer(*layers), plot.height)


def _chart(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _row(mark: Mark, span: tuple[int, int]) -> dict[str, Any]:
    colour = COLOUR[mark.kind]
    end = year_of(mark.end)
    start = None if mark.start is None else year_of(mark.start)
    return {
        "kind": mark.kind,
        # a capacity is drawn from the day it is known to the end of the chart
        "start": float(span[1]) if mark.lasting else start,
        "end": end,
        "low": mark.low,
        "value": mark.value,
        "high": mark.high,
        "shape": "square" if mark.lasting else _SHAPES[mark.kind],
        "stroke": colour,
        "fill": colour if mark.kind == "reported" and not mark.doubtful else COLOUR["paper"],
        "stem": mark.kind == "target" and mark.start is None and not mark.lasting,
        "doubtful": mark.doubtful,
        "href": f"#c-{mark.claim_id}",
        "told": mark.told,
    }


def _label(mark: Mark, span: tuple[int, int]) -> Label:
    text = f"{mark.name} ?" if mark.doubtful else mark.name
    rank = (mark.kind == "target", mark.weight, year_of(mark.end))
    start = float(span[1]) if mark.lasting else None if mark.start is None else year_of(mark.start)
    return Label(year_of(mark.end), mark.value, text, rank, start, (mark.low, mark.high))


def _present(marks: Sequence[Mark]) -> list[str]:
    return [kind for kind in _KINDS if any(mark.kind == kind for mark in marks)]


def _opacity() -> Any:
    return alt.OpacityValue(0.9, condition={"test": "datum.doubtful", "value": 0.55})


def _colour(field: str) -> alt.Stroke:
    return alt.Stroke(f"{field}:N", scale=None)


def _year_axis(span: tuple[int, int]) -> alt.Axis:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if (span[1] - span[0]) / step <= _MOST_TICKS)
    ticks = [year for year in range(span[0], span[1] + 1) if year % step == 0]
    return alt.Axis(title=None, values=ticks, format="d", grid=False, tickSize=4, labelPadding=3, labelFlush=True)


def _amount_axis(top: float, step: float) -> alt.Axis:
    ticks = [round(step * count, 9) for count in range(round(top / step) + 1)]
    return alt.Axis(title=None, values=ticks, format=",.6~g", domain=False, ticks=False, labelPadding=6)


@_described
def agreement_steps(lanes: Sequence[str], steps: Sequence[Step], span: tuple[int, int]) -> dict[str, Any]:
    """Agreements in lanes, each with its name above its steps."""
    height = _LANE * len(lanes)
    scale = alt.Scale(domain=[0, len(lanes)], reverse=True, nice=False, zero=False)
    x = alt.X("on:Q", scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=_year_axis(span))
    y = alt.Y("y:Q", scale=scale, axis=None)
    rows = [_step_row(step) for step in steps]
    signs = (
        _chart(rows)
        .mark_point(size=70, strokeWidth=1.8)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("shape:N", scale=None),
            stroke=_colour("stroke"),
            fill=alt.Fill("fill:N", scale=None),
            opacity=alt.OpacityValue(1),
            href=alt.Href("href:N"),
            description=alt.Description("told:N"),
        )
    )
    tracks = [{"x": span[0], "x2": span[1], "y": lane + 0.68, "caption": name} for lane, name in enumerate(lanes)]
    base = _chart(tracks)
    lines = base.mark_rule(strokeWidth=1, color=COLOUR["grid"]).encode(x=alt.X("x:Q"), x2=alt.X2("x2:Q"), y=y)
    names = (
        base.transform_calculate(above="datum.y - 0.42")
        .mark_text(align="left", fontSize=_FONT, baseline="middle")
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("above:Q", scale=scale, axis=None),
            text=alt.Text("caption:N"),
            color=alt.ColorValue(COLOUR["ink"]),
        )
    )
    return _whole(alt.layer(lines, names, signs), height, left=8, top=0)


# Early stages are hollow, binding ones filled; the end is a cross.
_STAGES = {
    "proposed": ("circle", "forecast", False),
    "negotiating": ("square", "forecast", False),
    "agreed": ("triangle-up", "reported", False),
    "initialed": ("diamond", "reported", False),
    "signed": ("circle", "reported", True),
    "ratified": ("diamond", "reported", True),
    "in_force": ("square", "reported", True),
    "extended": ("triangle-up", "reported", True),
    "suspended": ("cross", "target", False),
    "terminated": ("cross", "target", True),
}


def _step_row(step: Step) -> dict[str, Any]:
    shape, role, filled = _STAGES[step.status]
    colour = COLOUR["target" if step.planned else role]
    return {
        "on": year_of(step.on),
        "y": step.lane + 0.68,
        "shape": shape,
        "stroke": colour,
        "fill": colour if filled and not step.planned else COLOUR["paper"],
        "href": f"#c-{step.claim_id}",
        "told": step.told,
    }


@_described
def calibration(points: Sequence[Point], solid: str) -> dict[str, Any]:
    """How often claims are right by their confidence; the series `solid` is filled and whole, others hollow and dashed."""
    across = alt.Axis(title=None, values=_QUARTERS, format=".0%", grid=False, tickSize=4, labelFlush=True)
    up = alt.Axis(title=None, values=_QUARTERS, format=".0%", domain=False, ticks=False, labelPadding=6)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1]), axis=across)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 1]), axis=up)
    ideal = _chart([{"x": 0, "y": 0}, {"x": 1, "y": 1}]).mark_line(strokeDash=[3, 3], strokeWidth=1, color=COLOUR["muted"])
    layers: list[Any] = [ideal.encode(x=x, y=y)]
    for series in sorted({point.series for point in points}, key=lambda name: name == solid):
        role = "reported" if series == solid else "forecast"
        rows = [_point_row(point) for point in points if point.series == series and point.size >= _FEWEST_CLAIMS]
        base = _chart(rows).encode(x=x, y=y)
        dash: list[float] = [] if series == solid else [6, 3]
        layers.append(base.mark_line(color=COLOUR[role], strokeWidth=2, strokeDash=dash))
        layers.append(
            base.mark_point(
                shape="circle" if series == solid else "triangle-up",
                fill=COLOUR[role if series == solid else "paper"],
                stroke=COLOUR[role],
                opacity=1,
                strokeWidth=1.8,
                size=50,
            ).encode(description=alt.Description("told:N"))
        )
    return _whole(alt.layer(*layers), _HEIGHT - _TOP - _BOTTOM)


def _point_row(point: Point) -> dict[str, Any]:
    return {"x": point.x, "y": point.y, "told": point.told}


@_described
def columns_by_month(counts: Sequence[tuple[date, int]]) -> dict[str, Any]:
    """A column for each month, from the first to the last."""
    first, last = counts[0][0], counts[-1][0]
    span = (first.year, last.year + 1)
    rows = [{"x": year_of(month), "x2": year_of(month) + 0.066, "y": count} for month, count in counts]
    top, step = nice_top(max(count for _, count in counts))
    step = max(step, 1.0)
    chart = (
        _chart(rows)
        .mark_rect(color=COLOUR["reported"])
        .encode(
            x=alt.X("x:Q", scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=_year_axis(span)),
            x2=alt.X2("x2:Q"),
            y=alt.Y(
                "y:Q", scale=alt.Scale(domain=[0, max(top, 1)], nice=False, zero=False), axis=_amount_axis(max(top, 1), step)
            ),
            y2=alt.Y2Datum(0),
        )
    )
    return _whole(chart, 120)


def _whole(chart: Any, height: float, left: float = _LEFT, top: float = _TOP) -> dict[str, Any]:
    """The description with fixed room around the plot, so that charts line up and places of labels are known."""
    chart = chart.properties(
        width=WIDTH - left - _RIGHT,
        height=height,
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": left, "right": _RIGHT, "top": top, "bottom": _BOTTOM},
        background="transparent",
    ).configure(
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=_FONT,
            labelColor=COLOUR["muted"],
            gridColor=COLOUR["grid"],
            domainColor=COLOUR["line"],
            tickColor=COLOUR["line"],
            labelFont="sans-serif",
        ),
    )
    described: dict[str, Any] = chart.to_dict()
    return described
