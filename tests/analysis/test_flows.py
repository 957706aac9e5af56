"""Facts by pair, flow, corridor and goods: exports beside imports, growth beside what grew, and what belongs where."""

from datetime import date
from typing import Any

import pytest

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
    found = database.sql("SELECT pair, first_code, second_code, value_low, growth_percent, agreement FROM bilateral_turnover")
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


CARGO = {"unit": "t", "corridor": "TITR", **YEAR}


def growths(*claims: Row) -> list[tuple[Any, ...]]:
    return (
        answers(DOCUMENTS, *claims)
        .sql("SELECT value_low, growth_percent FROM facts WHERE measure = 'level' ORDER BY 1")
        .fetchall()
    )


def test_growth_of_freight_stands_beside_what_grew_in_its_own_sentence() -> None:
    level = number("a", "cargo", 2.6e6, **CARGO)
    growth = number("a", "cargo", 32, **{**CARGO, **GROWTH})
    assert growths(level, growth) == [(2.6e6, 32)]
    # in a sentence of its own it may be that of one direction, one port, one kind of train
    assert growths(level, growth | {"evidence_start": 50}) == [(2.6e6, None)]
    # unless it says of which goods
    metal = {"commodity": "metals"}
    assert growths(level | metal, growth | metal | {"evidence_start": 50}) == [(2.6e6, 32)]


def test_growth_of_trade_may_stand_in_another_sentence_but_not_beside_another_amount() -> None:
    level = flow("a", "turnover", "CHN", "KAZ", 30e9)
    growth = flow("a", "turnover", "CHN", "KAZ", 12, **GROWTH, evidence_start=50, value_start=70)
    assert growths(level, growth) == [(30e9, 12)]
    part = flow("a", "turnover", "CHN", "KAZ", 4e9, evidence_start=50, value_start=60)
    assert growths(level, growth, part) == [(4e9, 12), (30e9, None)]
    # of two amounts of one text nobody knows which grew
    assert growths(level, growth, part | {"evidence_start": 20}) == [(4e9, None), (30e9, None)]


def test_growths_and_amounts_of_one_sentence_belong_together_in_their_order() -> None:
    def said(*order: tuple[float, bool]) -> list[tuple[Any, ...]]:
        return growths(
            *(
                number("a", "cargo", value, **{**CARGO, **(GROWTH if grown else {})}, value_start=10 * place)
                for place, (value, grown) in enumerate(order)
            )
        )

    assert said((11, True), (3.3e6, False), (191, True), (1.1e6, False)) == [(1.1e6, 191), (3.3e6, 11)]
    assert said((3.3e6, False), (1.1e6, False), (11, True), (191, True)) == [(1.1e6, 191), (3.3e6, 11)]
    # one growth is of the amount next to it
    assert said((3.3e6, False), (1.1e6, False), (191, True)) == [(1.1e6, 191), (3.3e6, None)]


def test_where_texts_differ_growth_stands_beside_the_amount_of_its_own_text() -> None:
    told = [("a", 24e9, 34, 0.9), ("b", 31e9, 23.6, 0.6)]
    claims = [
        flow(name, "turnover", "CHN", "KAZ", value, confidence=sure, **fields, evidence_start=start)
        for name, level, growth, sure in told
        for value, fields, start in ((level, {}, 0), (growth, GROWTH, 50))
    ]
    assert growths(*claims) == [(24e9, 34)]
    assert growths(claims[0], *claims[2:]) == [(24e9, None)]


def test_two_amounts_that_a_text_tells_of_one_thing_are_two_rows() -> None:
    capacity = [
        number("a", "capacity", value, unit="t/yr", corridor="CPC", evidence_start=place)
        for place, value in enumerate((53.7e6, 72.5e6))
    ]
    exports = [flow("a", "exports", "KAZ", "CHN", value, evidence_start=place) for place, value in enumerate((9e9, 4e9))]
    database = answers(DOCUMENTS, *capacity, *exports, flow("b", "imports", "CHN", "KAZ", 10e9))
    found = database.sql("SELECT value_low, beside_fact_id IS NULL FROM corridor_freight ORDER BY 1").fetchall()
    assert [value for value, _ in found] == [53.7e6, 72.5e6]
    assert sorted(whole for _, whole in found) == [False, True]
    # and only one is set beside what the other end tells
    found = database.sql(
        "SELECT exports_value, imports_value, beside_fact_id IS NULL FROM bilateral_flows ORDER BY 1"
    ).fetchall()
    assert found == [(4e9, None, False), (9e9, 10e9, True)]


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


def test_flows_without_a_period_stand_side_by_side_if_told_in_one_year_and_have_no_gap() -> None:
    untold = {"period_start": None, "period_end": None}
    imports = flow("b", "imports", "CHN", "KAZ", 12e9, **untold)
    exports = flow("a", "exports", "KAZ", "CHN", 10e9, **untold)
    for year, rows in ((2026, [(10e9, 12e9, None)]), (2023, [(10e9, None, None), (None, 12e9, None)])):
        database = answers([document("a"), document("b", date(year, 6, 1))], exports, imports)
        found = database.sql("SELECT exports_value, imports_value, gap FROM bilateral_flows ORDER BY 1")
        assert found.fetchall() == rows


@pytest.mark.parametrize(("bound", "gap"), [("exact", 2e9), ("about", 2e9), ("over", None), ("under", None)])
def test_a_floor_or_a_ceiling_leaves_the_gap_open(bound: str, gap: float | None) -> None:
    database = answers(
        DOCUMENTS,
        flow("a", "exports", "KAZ", "CHN", 10e9, bound=bound),
        flow("b", "imports", "CHN", "KAZ", 12e9),
    )
    found = database.sql("SELECT exports_bound, imports_bound, gap, gap_percent FROM bilateral_flows").fetchall()
    assert found == [(bound, "exact", gap, 20.0 if gap else None)]


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
