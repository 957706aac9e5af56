import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from analysis.made import agreement, document, number

from pipeline.report import page as module
from pipeline.report.page import policy, style, write_report
from pipeline.report.questions import OutdatedFileError
from pipeline.warehouse.errors import NotPublishedError
from report.made import Parsed, page

YEAR = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
PAIR = {"reporter": ["AZE"], "partner": ["KAZ"]}


@pytest.fixture(scope="module")
def small() -> str:
    """A page about a little of everything."""
    return page(
        [document("one"), document("two", date(2026, 2, 10), uri="https://example.org/two")],
        number("one", "turnover", 2e9, **PAIR, **YEAR),
        number("two", "turnover", 3e9, **PAIR, **YEAR),
        number("one", "turnover", 5e9, **PAIR, period_end=date(2030, 12, 31), modality="target"),
        number("two", "cargo", 4.5e6, unit="t", corridor="TITR", **YEAR),
        number("two", "cargo", 5e6, unit="t", corridor="TITR", period_end=date(2027, 12, 31), modality="forecast"),
        number("two", "capacity", 6e6, unit="t/yr", corridor="TITR", confidence=0.2),
        agreement("one", "signed", ["AZE", "KAZ"], date_start=date(2026, 1, 5), date_end=date(2026, 1, 5)),
    )


def test_the_page_is_well_formed_and_has_its_landmarks(small: str) -> None:
    found = Parsed(small)
    assert (found.unbalanced, found.open) == ([], [])
    tags = [tag for tag, _ in found.elements]
    assert [tags.count(tag) for tag in ("html", "main", "h1", "nav", "footer")] == [1] * 5
    assert found.attributes("html", "lang") == ["en"]
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_table_has_a_caption_and_every_heading_follows_its_level(small: str) -> None:
    found = Parsed(small)
    tags = [tag for tag, _ in found.elements]
    assert tags.count("caption") == tags.count("table") > 3
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_within_the_page_leads_somewhere(small: str) -> None:
    found = Parsed(small)
    ids = {attributes["id"] for _, attributes in found.elements if "id" in attributes}
    within = {href[1:] for href in found.attributes("a", "href") if href.startswith("#")}
    assert within - ids == {"closed"}, "the link that closes a note leads nowhere, and so leaves the page where it is"
    assert {name for name in ids if name.startswith("c-")} <= within, "a note that nothing cites"


def test_the_page_loads_nothing_and_runs_nothing(small: str) -> None:
    found = Parsed(small)
    assert not {tag for tag, _ in found.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "use",
    }
    assert not [
        name for _, attributes in found.elements for name in attributes if name.startswith("on") or name in ("src", "style")
    ]
    assert "url(" not in style()
    assert "@import" not in style()
    assert found.attributes("meta", "content")[0] == policy()
    assert policy().startswith("default-src 'none'; style-src 'sha256-")
    assert {href for href in found.attributes("a", "href") if not href.startswith("#")} == {"https://example.org/two"}


def test_a_figure_leads_to_the_sentence_the_document_the_day_and_the_address(small: str) -> None:
    evidence = Parsed(small).text("evidence")
    assert "Turnover, Azerbaijan – Kazakhstan, 2024: $2" in evidence
    assert "Title of one, 1 February 2026 one.txt" in evidence
    assert "Title of two, 10 February 2026 reported" in evidence
    assert 'href="https://example.org/two"' in small
    assert "<mark>A</mark> sentence." in small


def test_sources_that_differ_show_as_a_range(small: str) -> None:
    assert "$2–3 bn" in Parsed(small).text("trade")
    assert "2 voices differ" in Parsed(small).text("trade")


def test_targets_forecasts_and_capacity_stand_beside_what_is_reported(small: str) -> None:
    assert "target by 2030" in Parsed(small).text("trade")
    corridors = Parsed(small).text("corridors")
    assert "Middle Corridor: cargo" in corridors
    assert "forecast by 2027" in corridors
    assert "6 Mt a year?" in corridors, "a claim of little confidence is marked"


def test_without_documents_every_section_says_so() -> None:
    found = Parsed(page([]))
    assert "There are no documents yet" in found.text("")
    for section in ("trade", "corridors", "coverage", "evidence"):
        assert "No source tells" in found.text(section)
    assert "no annotated texts" in found.text("quality")


def test_the_same_rows_make_the_same_bytes() -> None:
    rows = [document("one")], number("one", "turnover", 2e9, **PAIR, **YEAR)
    assert page(*rows) == page(*rows)


def test_of_many_pairs_the_best_supported_are_shown_and_the_rest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {**module.wording.settings("limits"), "pairs": 1}
    monkeypatch.setattr(
        module.wording,
        "settings",
        lambda section, known=module.wording.settings: limits if section == "limits" else known(section),
    )
    text = page(
        [document("one"), document("two")],
        number("one", "turnover", 2e9, **PAIR, **YEAR),
        number("two", "turnover", 2e9, **PAIR, **YEAR),
        number("two", "turnover", 9e9, reporter=["GEO"], partner=["TUR"], **YEAR),
    )
    trade = Parsed(text).text("trade")
    assert "Azerbaijan – Kazakhstan" in trade
    assert "Georgia" not in trade
    assert "of 2; all are in" in trade


def test_there_is_no_report_without_a_published_file(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="corridor refresh"):
        write_report(tmp_path / "none.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_version_is_told_from_a_broken_one(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "old.duckdb") as connection:
        connection.execute("CREATE TABLE documents (doc_id VARCHAR)")
    with pytest.raises(OutdatedFileError, match=r"another version.*corridor refresh"):
        write_report(tmp_path / "old.duckdb")


def test_a_page_that_cannot_be_made_leaves_the_last_one(tmp_path: Path) -> None:
    (tmp_path / "old-report.html").write_text("the last one", encoding="utf-8")
    with duckdb.connect(tmp_path / "old.duckdb") as connection:
        connection.execute("CREATE TABLE documents (doc_id VARCHAR)")
    with pytest.raises(OutdatedFileError):
        write_report(tmp_path / "old.duckdb")
    assert (tmp_path / "old-report.html").read_text(encoding="utf-8") == "the last one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old-report.html", "old.duckdb"]
