"""A drawing is taken over from the page before only if it shows the same and is whole."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from analysis.made import agreement, answers, document, number

from pipeline.report import charts, drawings
from pipeline.report.drawings import Drawings
from pipeline.report.marks import Mark
from pipeline.report.page import render
from pipeline.warehouse.sql import in_order_of_use, statements

YEARS = (2020, 2031)
LABEL = "Cargo, by year"
HOSTILE = '"></svg><svg data-drawn="00000000000000000000000000000000-00000000000000000000000000000000" ><script>'


def mark(value: float = 4.5, told: str = "2024: 4.5 Mt") -> Mark:
    return Mark(date(2024, 1, 1), date(2024, 12, 31), value, value, value, "reported", "a1", f"{value}", told)


def later(value: float = 6.0) -> Mark:
    return Mark(None, date(2030, 12, 31), value, value, value, "target", "a2", f"{value}", "2030: 6 Mt")


def cargo(found: Drawings, *marks: Mark, label: str = LABEL) -> str:
    return str(found.drawn("amounts", label, list(marks), YEARS))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The labels of what was drawn and not taken over."""
    labels: list[str] = []
    anew = drawings._anew

    def noted(chart: str, label: str, *shown: object) -> str:
        labels.append(label)
        return anew(chart, label, *shown)

    monkeypatch.setattr(drawings, "_anew", noted)
    return labels


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with two drawings, and words that look like one."""
    first = cargo(Drawings(), mark(), later())
    second = cargo(Drawings(), mark(told=HOSTILE), later(), label=HOSTILE)
    path = tmp_path / "report.html"
    path.write_text(f"<!doctype html><p>Words</p>{first}\n<figure>{second}</figure>", encoding="utf-8")
    return path


def test_a_drawing_that_shows_the_same_is_taken_over_to_the_letter(page: Path, counted: list[str]) -> None:
    assert cargo(Drawings.of_page(page), mark(), later()) == cargo(Drawings(), mark(), later())
    assert cargo(Drawings.of_page(page), mark(told=HOSTILE), later(), label=HOSTILE) in page.read_text(encoding="utf-8")
    assert counted == [LABEL], "only the one that had no page before it"


@pytest.mark.parametrize(
    "other",
    [
        lambda found: cargo(found, mark(4.6), later()),
        lambda found: cargo(found, mark(told="2024: 4.5 Mt, about"), later()),
        lambda found: cargo(found, mark()),
        lambda found: cargo(found, later(), mark()),
        lambda found: cargo(found, mark(), later(), label="Cargo of grain, by year"),
        lambda found: str(found.drawn("amounts", LABEL, [mark(), later()], (2019, 2031))),
    ],
    ids=["value", "words", "fewer", "order", "label", "years"],
)
def test_whatever_a_drawing_shows_otherwise_draws_it_anew(
    page: Path, counted: list[str], other: Callable[[Drawings], str]
) -> None:
    taken = other(Drawings.of_page(page))
    assert len(counted) == 1
    assert taken == other(Drawings())
    assert taken not in page.read_text(encoding="utf-8")


def test_another_version_of_what_draws_draws_anew(page: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "_made_by", lambda: "another")
    cargo(Drawings.of_page(page), mark(), later())
    assert counted == [LABEL]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("<path", "<rect", 1),
        lambda text: text.replace("4.5 Mt", "9.9 Mt", 1),
        lambda text: text.replace("</svg>", "", 1),
        lambda text: text[: text.index("</svg>") - 5],
        lambda text: text.replace("-", "", 1),
        lambda text: "",
    ],
    ids=["element", "words", "end", "cut", "name", "empty"],
)
def test_a_drawing_that_was_damaged_is_drawn_anew(page: Path, counted: list[str], damage: Callable[[str], str]) -> None:
    text = page.read_text(encoding="utf-8")
    head = text.index("<svg")
    page.write_text(text[:head] + damage(text[head:]), encoding="utf-8")
    assert cargo(Drawings.of_page(page), mark(), later()) == cargo(Drawings(), mark(), later())
    assert counted == [LABEL, LABEL]


def test_a_page_that_cannot_be_read_keeps_nothing(tmp_path: Path, counted: list[str]) -> None:
    (tmp_path / "report.html").write_bytes(b"\xff<svg")
    (tmp_path / "folder.html").mkdir()
    for name in ("report.html", "folder.html", "none.html"):
        assert cargo(Drawings.of_page(tmp_path / name), mark())
    assert len(counted) == 3


def test_a_page_with_kept_drawings_is_the_same_page(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    year = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    pair = {"reporter": ["AZE"], "partner": ["KAZ"]}
    rows = answers(
        [document("one"), document("two", date(2026, 2, 10), title=HOSTILE)],
        number("one", "turnover", 2e9, **pair, **year),
        number("one", "turnover", 5e9, **pair, period_end=date(2030, 12, 31), modality="target"),
        number("two", "cargo", 4.5e6, unit="t", corridor="TITR", **year),
        number("two", "cargo", 5e6, unit="t", corridor="TITR", period_end=date(2027, 12, 31), modality="forecast"),
        agreement("one", "signed", ["AZE", "KAZ"], date_start=date(2026, 1, 5), date_end=date(2026, 1, 5)),
    ).whole()
    for view in in_order_of_use(statements("views")):
        rows.execute(view.sql)
    before = render(rows)[0]
    path = tmp_path / "report.html"
    path.write_text(before, encoding="utf-8")
    drawn = len(counted)
    assert drawn == len(re.findall("<svg data-drawn", before)) > 3
    monkeypatch.setattr(charts, "amounts", lambda *_: pytest.fail("drawn again"))
    assert render(rows, path)[0] == before
    assert len(counted) == drawn
