"""Facts by pair, flow, corridor and goods: exports beside imports, growth beside what grew, and what belongs where."""

from datetime import date
from typing import Any

from tests.analysis.made import Row, answers, document, number

YEAR = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
GROWTH = {"measure": "growth", "unit": "%"}
DOCUMENTS = [document("a"), document("b")]


def flow(doc_id: str, indicator: str, reporter: str, partner: str, value: float, **fields: Any) -> Row:
    return number(doc_id, indicator, value, reporter=[reporter], partner=[partner], **{**YEAR, **fields})


def test_turnover_stands_under_its_pair_whichever_side_is_named_first() -> None:
    database = answers(
        DOCUMENTS,
        flow("a", "turnover", "KAZ", "CHN", 30e9),
        flow("b", "turnover", "CHN", "KAZ", 30e9),
        flow("b", "turnover", "CHN", "KAZ", 12, **GROWTH),
    )
    found = database.sql(
        "SELECT pair, first_code, second_code, median_value, growth_percent, agreement FROM bilateral_turnover"
    )
    assert found.fetchall() == [("CHN-KAZ", "CHN", "KAZ", 30e9, 12, "corroborated")]


def test_growth_stands_only_beside_what_grew() -> None:
    others: list[dict[str, Any]] = [
        {"period_end": date(2025, 11, 30)},
        {"commodity": "oil"},
        {"modality": "forecast"},
        {"partner": ["RUS"]},
        {"indicator": "exports"},
    ]
    growth = [flow("a", "turnover", "CHN", "KAZ", 12, **GROWTH) | other for other in others]
    database = answers(DOCUMENTS, flow("a", "turnover", "CHN", "KAZ", 30e9), *growth)
    assert database.sql("SELECT growth_percent, growth_fact_id FROM bilateral_turnover").fetchall() == [(None, None)]


def test_trade_of_several_together_is_of_no_pair() -> None:
    database = answers(
        DOCUMENTS,
        number("a", "turnover", 5e9, reporter=["KAZ"], partner=["CHN", "RUS"], **YEAR),
        number("a", "exports", 5e9, reporter=["KAZ"], partner=["CHN", "RUS"], **YEAR),
        number("a", "turnover", 9e9, reporter=["KAZ"], **YEAR),
    )
    assert database.sql("FROM bilateral_turnover").fetchall() == database.sql("FROM bilateral_flows").fetchall() == []


def test_exports_stand_beside_the_imports_of_the_other_end() -> None:
    database = answers(
        DOCUMENTS,
        flow("a", "exports", "KAZ", "CHN", 10e9),
        flow("b", "imports", "CHN", "KAZ", 12e9),
        flow("b", "imports", "KAZ", "CHN", 7e9),
    )
    found = database.sql(
        "SELECT pair, exporter, importer, exports_value, imports_value, gap, gap_percent, exports_claim_id, imports_claim_id "
        "FROM bilateral_flows ORDER BY exporter"
    )
    assert found.fetchall() == [
        ("CHN-KAZ", "CHN", "KAZ", None, 7e9, None, None, None, "c3"),
        ("CHN-KAZ", "KAZ", "CHN", 10e9, 12e9, 2e9, 20.0, "c1", "c2"),
    ]


def test_a_flow_is_not_set_beside_one_in_another_unit_time_or_goods() -> None:
    others: list[dict[str, Any]] = [
        {"unit": "EUR"},
        {"period_start": date(2025, 2, 1)},
        {"commodity": "oil"},
        {"mode": "rail"},
        {"modality": "forecast"},
    ]
    database = answers(
        DOCUMENTS,
        flow("a", "exports", "KAZ", "CHN", 10e9),
        *(flow("b", "imports", "CHN", "KAZ", 12e9) | other for other in others),
    )
    assert database.sql("SELECT count(*), count(gap) FROM bilateral_flows").fetchall() == [(6, 0)]


def test_flows_without_a_period_are_set_side_by_side_if_told_in_one_year() -> None:
    untold = {"period_start": None, "period_end": None}
    imports = flow("b", "imports", "CHN", "KAZ", 12e9, **untold)
    exports = flow("a", "exports", "KAZ", "CHN", 10e9, **untold)
    for year, gaps in ((2026, [2e9]), (2023, [])):
        database = answers([document("a"), document("b", date(year, 6, 1))], exports, imports)
        assert [gap for (gap,) in database.sql("SELECT gap FROM bilateral_flows WHERE gap IS NOT NULL").fetchall()] == gaps


def test_a_corridor_has_its_volumes_capacity_and_times_with_years_to_date_marked() -> None:
    database = answers(
        DOCUMENTS,
        number("a", "cargo", 4.1e6, unit="t", corridor="TITR", period_start=date(2024, 1, 1), period_end=date(2024, 11, 30)),
        number("a", "cargo", 63, corridor="TITR", **GROWTH, period_start=date(2024, 1, 1), period_end=date(2024, 11, 30)),
        number("b", "capacity", 6e6, unit="t/yr", corridor="TITR"),
        number("b", "transit_time", (13, 15), unit="d", corridor="TITR"),
        number("b", "cargo", 9e6, unit="t", reporter=["KAZ"]),
    )
    found = database.sql(
        "SELECT indicator, lowest_value, median_value, highest_value, unit, cumulative, told_in, growth_percent "
        "FROM corridor_freight"
    )
    assert sorted(found.fetchall()) == [
        ("capacity", 6e6, 6e6, 6e6, "t/yr", False, 2026, None),
        ("cargo", 4.1e6, 4.1e6, 4.1e6, "t", True, None, 63.0),
        ("transit_time", 13, 14, 15, "d", False, 2026, None),
    ]


def test_goods_go_from_the_seller_to_the_buyer_whoever_tells_it() -> None:
    wheat = {"commodity": "wheat", "unit": "t"}
    database = answers(
        DOCUMENTS,
        flow("a", "exports", "KAZ", "ARM", 1, **wheat),
        flow("a", "imports", "ARM", "KAZ", 2, **wheat),
        number("b", "cargo", 3, origin=["KAZ"], destination=["ARM"], reporter=["AZE"], **wheat),
        flow("b", "exports", "KAZ", "ARM", 4),
        number("b", "capacity", 5, corridor="TITR", **wheat),
    )
    found = database.sql(
        "SELECT median_value, indicator, origin, destination, carrier FROM commodity_flows ORDER BY 1"
    ).fetchall()
    assert found == [
        (1, "exports", ["KAZ"], ["ARM"], []),
        (2, "imports", ["KAZ"], ["ARM"], []),
        (3, "cargo", ["KAZ"], ["ARM"], ["AZE"]),
    ]
