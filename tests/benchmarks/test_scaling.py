"""deploy/SCALING.md reckons with what was measured."""

from pathlib import Path

import pytest

from benchmarks.extraction import WHOLE
from benchmarks.refreshes import KINDS
from benchmarks.results import PAGE, Section, figures_of, write_section
from benchmarks.scaling import SCALING, MissingFiguresError, duration, kept_of_a_core, per_document, scaling, speed_of, written

STAGES = {"starting": 10.0, "reading": 10.0, "extracting": 50.0, "publishing": 25.0, "reporting": 5.0}
REFRESH = {
    "wall": 100.0, "cpu": 200.0, "peak": 2**30, "store": 4_096_000, "file": 8_192_000, "claims": 6_000, "stages": STAGES,
    "cpu_stages": STAGES,
}  # fmt: skip


def _measured(page: Path) -> None:
    sizes = {
        str(size): {
            "characters": 2_500 * size,
            "kinds": {
                kind: {name: share * value if isinstance(value, int) else value for name, value in REFRESH.items()}
                for kind in KINDS
            },
        }
        for size, share in ((500, 1), (1_000, 2))
    }
    write_section(page, Section("refreshes", "Refreshes", "", {"sizes": sizes, "dagsters_start": 2.0}), [])
    write_section(
        page,
        Section(
            "layers", "Layers", "", {"layers": {WHOLE: {"rate": 250_000.0}}, "processes": {"1": 1.0, "2": 1.6, "batches": 8}}
        ),
        [],
    )
    build = {
        "1000": {"facts": 3.0, "(write)": 1.0, "(all, as the clock tells)": 9.0},
        "4000": {"facts": 15.0, "(write)": 5.0, "(all, as the clock tells)": 9.0},
    }
    write_section(page, Section("answers", "Answers", "", {"build": build, "peak": 2**30, "file": 1}), [])
    made = {"claims": 12_000, "wall": 9.0, "cpu": 12.5, "peak": 2**30, "file": 2**20}
    write_section(page, Section("publishing", "Publishing", "", {"sizes": {"1000": {"anew": made}}}), [])


def test_what_a_document_costs_follows_from_the_largest_refresh(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    _measured(page)
    costs = per_document(figures_of(page, "refreshes"), figures_of(page, "layers"))
    assert costs["documents"] == 1_000
    assert costs["extract"] == pytest.approx(0.01)
    assert costs["publish"] == 0  # as much for both sizes
    assert costs["claims"] == 12
    assert costs["store"] == 8_192


def test_tables_take_their_places_and_words_stay(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    _measured(page)
    text = "Before.\n<!-- scaling amounts -->\nold\n<!-- end amounts -->\nAfter.\n"
    put = written(text, scaling(page))
    assert put.startswith("Before.\n<!-- scaling amounts -->\n")
    assert put.endswith("<!-- end amounts -->\nAfter.\n")
    assert "old" not in put
    assert "| 100,000,000 | 1,200,000,000 | 278 | 44 |" in put
    near, far = put.split("| documents, MORE than 1,000 times the 1,000 measured: only an order of magnitude |")
    assert "| documents, up to 1,000 times the 1,000 measured |" in near
    assert "| 1,000,000 |" in near
    assert "| 10,000,000 |" not in near
    assert "| 10,000,000 |" in far
    assert written(put, scaling(page)) == put


def test_without_measurements_nothing_is_reckoned(tmp_path: Path) -> None:
    with pytest.raises(MissingFiguresError, match="measure refreshes"):
        scaling(tmp_path / "none.md")


def test_times_are_told_in_the_unit_that_fits() -> None:
    assert [duration(hours) for hours in (0.5, 3, 100)] == ["30 min", "3.0 h", "4 days"]
    assert [speed_of(workers, 0.8) for workers in (1, 2, 16)] == [1, 1.6, 12.8]


def test_several_processes_are_reckoned_at_what_two_were_measured_to_do(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    _measured(page)
    tables = scaling(page)
    assert "| inline | 360,000 |" in tables["engines"]
    assert "| pool, 2 cores | 576,000 |" in tables["engines"]
    assert "did of one alone:\n80%," in tables["engines"]
    assert "| 100,000,000, far beyond what was measured |" in tables["engines"].replace("---:", "")
    for too_few in ({}, {"1": 1.0, "2": 1.1}, {"1": 1.0, "2": 1.1, "batches": 7}):
        with pytest.raises(MissingFiguresError, match="one process was not held against two"):
            kept_of_a_core({"processes": too_few})
    assert kept_of_a_core({"processes": {"1": 1.0, "2": 2.2, "batches": 8}}) == 1


def test_what_is_published_says_what_it_holds_and_how_it_grew(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    _measured(page)
    tables = scaling(page)
    assert "| the tables of answers alone, at 4,000 claims, processor | 60.0 ms |" in tables["documents"]  # 12 claims of 5 ms
    assert "| all steps | 5000 µs | 100% |" in tables["publishing"]
    assert "| 1,000 | 12,000 | 12.5 | 1,024 |" in tables["memory"]
    assert "From 1,000 to 4,000 claims, 4.0 times as many, all steps took 5.0 times as long." in tables["publishing"]


def test_a_refresh_in_which_nothing_changed_is_told_by_the_processor(tmp_path: Path) -> None:
    page = tmp_path / "results.md"
    _measured(page)
    figures = figures_of(page, "refreshes")
    for size, cpu in (("500", 10.0), ("1000", 11.0)):
        figures["sizes"][size]["kinds"][KINDS[1]] |= {"cpu": cpu, "wall": 100 * cpu}
    assert per_document(figures, figures_of(page, "layers"))["unchanged"] == pytest.approx(1 / 500)


def test_the_page_reckons_with_the_results_as_they_are() -> None:
    text = SCALING.read_text(encoding="utf-8")
    assert written(text, scaling(PAGE)) == text, "python -m benchmarks.scaling"
    assert text.count("<!-- scaling ") == len(scaling(PAGE))
