import re
from datetime import date
from xml.etree import ElementTree

import altair as alt
import pytest

from pipeline.report import charts
from pipeline.report.drawing import COLOUR, draw
from pipeline.report.marks import Mark, Point, Step, years

HOSTILE = '"></svg><script>alert(1)</script>\u202e\x01'


def mark(kind: str = "reported", **fields: object) -> Mark:
    told = {
        "start": date(2024, 1, 1),
        "end": date(2024, 12, 31),
        "low": 4.5,
        "value": 4.5,
        "high": 4.5,
        "kind": kind,
        "claim_id": f"a{kind}",
        "name": "4.5",
        "told": f"2024: 4.5 Mt, {kind}",
    }
    return Mark(**{**told, **fields})  # type: ignore[arg-type]


def amounts(*marks: Mark) -> str:
    return draw(charts.amounts(marks, (2022, 2031)), "Cargo")


def links(svg: str) -> dict[str, ElementTree.Element]:
    return {str(link.get("href")): link for link in ElementTree.fromstring(svg).iter("a")}


def test_every_mark_leads_to_its_evidence_and_says_what_it_is() -> None:
    found = links(amounts(mark(), mark("target", start=None, end=date(2030, 12, 31))))
    assert {href: link.findtext("title") for href, link in found.items()} == {
        "#c-areported": "2024: 4.5 Mt, reported",
        "#c-atarget": "2024: 4.5 Mt, target",
    }


def test_what_is_reported_foreseen_aimed_at_and_possible_differ_in_shape_and_dash_not_only_in_colour() -> None:
    kinds = ("reported", "forecast", "target", "possible")
    svg = amounts(*(mark(kind) for kind in kinds))
    shapes = {kind: str(links(svg)[f"#c-a{kind}"].find("path").get("d")) for kind in kinds}  # type: ignore[union-attr]
    assert len(set(shapes.values())) == len(kinds)
    dashes = {
        kind: [
            line.get("stroke-dasharray")
            for line in ElementTree.fromstring(svg).iter("line")
            if line.get("stroke") == f"var(--{kind})"
        ]
        for kind in kinds
    }
    assert dashes == {"reported": [None], "forecast": ["6,3"], "target": ["2,3"], "possible": ["1,3"]}


def test_a_doubtful_mark_is_hollow_and_carries_a_question_mark() -> None:
    sure, doubtful = amounts(mark()), amounts(mark(doubtful=True))
    assert 'fill="var(--reported)"' in sure
    assert 'fill="var(--reported)"' not in doubtful
    assert ">4.5 ?</text>" in doubtful


def test_a_drawing_scales_and_is_told_in_words() -> None:
    root = ElementTree.fromstring(amounts(mark()))
    assert root.get("viewBox") == "0 0 360 214"
    assert root.get("width") is None
    assert root.get("aria-label") == "Cargo"


def test_text_of_a_document_stays_text() -> None:
    step = Step(0, date(2024, 5, 1), "signed", "a1", HOSTILE)
    svg = draw(charts.agreement_steps([HOSTILE], [step], (2023, 2026)), HOSTILE)
    root = ElementTree.fromstring(svg)
    assert {element.tag for element in root.iter()} <= {"svg", "g", "a", "title", "circle", "path", "line", "rect", "text"}
    assert "\x01" not in svg


def test_only_evidence_can_be_linked_to() -> None:
    for target in ("https://example.org/#c-a1", "javascript:alert(1)//#c-a 1", "#elsewhere", "data:text/html,x"):
        chart = alt.Chart(alt.Data(values=[{"x": 1, "href": target}])).mark_point(stroke=COLOUR["ink"]).encode(href="href:N")
        assert re.findall(
            r'href="([^"]*)"', draw({**chart.to_dict(), "background": "transparent", "config": {"view": {"stroke": None}}}, "")
        ) in (
            [],
            ["#c-a1"],
        )


def test_a_colour_without_a_role_is_refused() -> None:
    chart = alt.Chart(alt.Data(values=[{"x": 1}])).mark_point(stroke="hotpink")
    with pytest.raises(ValueError, match="has no role"):
        draw({**chart.to_dict(), "background": "transparent"}, "")


def test_an_image_is_refused() -> None:
    chart = alt.Chart(alt.Data(values=[{"x": 1}])).mark_image(url="data:image/png;base64,AAAA", width=3, height=3)
    spec = {**chart.to_dict(), "background": "transparent", "config": {"view": {"stroke": None}}}
    with pytest.raises(ValueError, match="may not hold <image>"):
        draw(spec, "")


@pytest.mark.parametrize("largest", [0.0042, 0.3, 1, 3.4, 7, 9.9, 12, 99, 517.1, 35_000, 0])
def test_an_axis_ends_above_its_largest_value_on_a_round_one(largest: float) -> None:
    top, step = charts.nice_top(largest)
    assert largest < top <= max(2.6 * largest, 2)
    assert top / step == pytest.approx(round(top / step))
    assert 2 <= round(top / step) <= 4


def test_years_around_times_are_at_least_a_few() -> None:
    assert years([(None, date(2024, 6, 30))]) == (2022, 2025)
    assert years([(date(2020, 1, 1), date(2020, 12, 31)), (None, date(2030, 12, 31))]) == (2020, 2031)


def test_descriptions_keep_to_the_schema_of_vega_lite(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not checked when the page is made, for speed, is checked here."""
    monkeypatch.setattr(charts, "debug_mode", lambda _: pytest.MonkeyPatch.context())
    marks = [mark(kind) for kind in ("reported", "forecast", "target", "possible")]
    charts.amounts([*marks, mark("target", start=None), mark(lasting=True, high=9)], (2022, 2031))
    charts.agreement_steps(["A – B"], [Step(0, date(2024, 5, 1), "signed", "a1", "x")], (2023, 2026))
    charts.calibration([Point("left_out", 0.1, 0.2, 9, "x"), Point("learnt", 0.1, 0.2, 9, "x")], "left_out")
    charts.columns_by_month([(date(2024, 5, 1), 3)])
