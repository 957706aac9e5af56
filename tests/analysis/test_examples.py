"""The example questions on a small made world: each gives the answer that this world has, and nothing beside it.

What is asked of refreshes, rejections and evaluation is tested where these are made.
"""

from datetime import date
from functools import cache
from typing import Any

import polars as pl
import pytest

from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import ACRONYM_MENTIONS
from pipeline.warehouse.sql import Statement, statements
from tests.analysis.made import Answers, Row, agreement, answers, document, number

ELSEWHERE = {
    "how_far_to_trust_the_extractor",
    "what_is_new",
    "what_is_said_no_more",
    "why_candidates_were_rejected",
}


def year(named: int) -> dict[str, date]:
    return {"period_start": date(named, 1, 1), "period_end": date(named, 12, 31)}


def pair(reporter: str, partner: str) -> dict[str, Any]:
    return {"reporter": [reporter], "partner": [partner]}


def mention(doc_id: str, expansion: str) -> Row:
    return {
        "mention_id": f"m-{doc_id}",
        "doc_id": doc_id,
        "acronym": "NSC",
        "expansion": expansion,
        "letters": "initials",
        "evidence": f"The {expansion} (NSC) opened.",
        "extractor": "made",
        "extractor_version": "1",
    } | dict.fromkeys(("evidence_start", "evidence_end", "acronym_start", "acronym_end", "expansion_start", "expansion_end"), 0)


DOCUMENTS = [document("a", date(2025, 2, 1)), document("b", date(2025, 3, 1)), document("c", date(2026, 2, 1))]
TRADE = [
    number("a", "turnover", 4e9, **pair("AZE", "KAZ"), **year(2024)),
    number("b", "turnover", 5e9, **pair("AZE", "KAZ"), **year(2024)),
    number("a", "turnover", 9e8, **pair("AZE", "KAZ"), **year(2024), mode="rail"),
    number("c", "turnover", 6e9, **pair("EU", "UZB"), **year(2025)),
    number("c", "turnover", 20, **pair("EU", "UZB"), **year(2025), measure="growth", unit="%"),
    number("b", "turnover", 5e9, **pair("EU", "UZB"), **year(2024)),
    number("a", "exports", 2e9, **pair("KAZ", "CHN"), **year(2024), commodity="oil"),
    number("b", "imports", 3e9, **pair("CHN", "KAZ"), **year(2024), commodity="oil"),
    number("a", "turnover", 8e9, **pair("GEO", "TUR"), **year(2024)),
    number("b", "turnover", 8e9, **pair("GEO", "TUR"), **year(2024)),
    number("a", "turnover", 1e10, **pair("GEO", "TUR"), period_end=date(2025, 12, 31), modality="target"),
    number("c", "turnover", 1.1e10, **pair("GEO", "TUR"), **year(2025)),
    number("c", "turnover", 2e10, **pair("GEO", "TUR"), period_end=date(2030, 12, 31), modality="target"),
    number("c", "turnover", 1e10, **pair("AZE", "KAZ"), period_end=date(2031, 12, 31), modality="target"),
    number("a", "exports", 1e9, **pair("PER", "USA"), **year(2023)),
    number("a", "exports", 2e9, **pair("PER", "USA"), **year(2024)),
    number("a", "exports", 50, **pair("PER", "USA"), **year(2024), measure="growth", unit="%"),
]
FREIGHT = [
    number("a", "cargo", 4e6, unit="t", corridor="TITR", **year(2024)),
    number("b", "cargo", 3e5, unit="t", corridor="TITR", origin=["KAZ"], destination=["AZE"], **year(2025)),
    number("a", "capacity", 6e6, unit="t/yr", corridor="TITR"),
    number("b", "capacity", 2e6, unit="t/yr", corridor="TITR", reporter=["GEO"], commodity="oil"),
    number("b", "infrastructure", None, reporter=["GEO"], mode="rail", period_end=date(2025, 2, 20)),
    number("c", "infrastructure", None, reporter=["KAZ"], mode="sea", modality="target", period_end=date(2027, 1, 1)),
]
EPCA = {"name": "Enhanced Partnership and Cooperation Agreement", "form": "agreement"}
AGREEMENTS = [
    agreement("a", "signed", ["ARM", "KAZ"], name="Transit Pact", date_start=date(2025, 1, 9), date_end=date(2025, 1, 9)),
    agreement("b", "signed", ["ARM", "KAZ"], name="Transit Pact", modality="negated"),
    agreement("a", "signed", ["GEO", "TUR"], name="Port Pact", modality="target", date_end=date(2025, 6, 1)),
    agreement("b", "initialed", ["EU", "UZB"], **EPCA),
    agreement("c", "signed", ["EU", "UZB"], **EPCA),
]
MENTIONS = [mention("a", "Northern Sea Corridor"), mention("b", "National Statistics Committee")]

EXPECTED: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "acronyms_with_two_meanings": (
        "acronym, expansion, publisher",
        [("NSC", "National Statistics Committee", "Publisher of b"), ("NSC", "Northern Sea Corridor", "Publisher of a")],
    ),
    "agreement_step_by_step": (
        "others, status, status_on",
        [(["UZB"], "initialed", date(2025, 3, 1)), (["UZB"], "signed", date(2026, 2, 1))],
    ),
    "agreements_awaited": ("agreement, awaited_by, overdue", [("Port Pact", date(2025, 6, 1), True)]),
    "agreements_of_a_country": ("name, status, contradicted", [("Transit Pact", "signed", True)]),
    "agreements_told_differently": (
        "agreement, modality, publisher",
        [("Transit Pact", "reported", "Publisher of a"), ("Transit Pact", "negated", "Publisher of b")],
    ),
    "corridor_cargo_against_capacity": (
        "corridor, commodity, carried_million_t, capacity_million_t, used_percent",
        [("TITR", None, 4.0, 6.0, 66.7)],
    ),
    "corridor_volumes_and_years_to_date": ("period_end, million_t, agreement", [(date(2024, 12, 31), 4.0, "single")]),
    "countries_most_in_the_news": (
        "country, claims, documents",
        [
            *[("KAZ", 10, 3), ("GEO", 8, 3), ("TUR", 6, 3), ("AZE", 5, 3), ("EU", 5, 2), ("UZB", 5, 2), ("PER", 3, 1)],
            *[("USA", 3, 1), ("ARM", 2, 2), ("CHN", 2, 2)],
        ],
    ),
    "differences_that_scope_or_time_explain": (
        "differs_in, value_of_part, highest_of_both",
        [(["commodity", "reporter"], 2e6, 6e6)],
    ),
    "disruptions_and_openings": ("told_for, indicator, actor", [(date(2025, 2, 20), "infrastructure", ["GEO"])]),
    "exports_beside_imports": ("exporter, importer, gap, gap_percent", [("KAZ", "CHN", 1e9, 50.0)]),
    "goods_that_a_country_sends": (
        "commodity, destination, indicator, value_high",
        [("oil", ["CHN"], "imports", 3e9), ("oil", ["CHN"], "exports", 2e9)],
    ),
    "growth_against_amounts": ("pair, amount, growth_percent", [("EU-UZB", 6e9, 20.0)]),
    "how_far_to_trust_a_publisher": (
        "publisher, documents, claims",
        [("Publisher of a", 1, 12), ("Publisher of b", 1, 9), ("Publisher of c", 1, 7)],
    ),
    "implied_values_told_elsewhere": ("partner, told_value, fits_told", [(["UZB"], 5e9, True)]),
    "money_by_goods_and_chapter": ("commodity, hs_chapter, claims", [("oil", "27", 2)]),
    "plans_without_a_number": ("due, who", [(date(2027, 1, 1), ["KAZ"]), (date(2025, 6, 1), ["GEO", "TUR"])]),
    "promises_and_outcomes": ("state, promised, reported", [("met", 1e10, 1.1e10)]),
    "targets_due_next": (
        "goal, latest_value, percent_of_goal, latest_disputed, lowest_told, highest_told",
        [(2e10, 1.1e10, 55.0, False, None, None), (1e10, 5e9, 50.0, True, 4e9, 5e9)],
    ),
    "texts_that_contradict_themselves": ("reporter, told_value, publisher", [(["PER"], 1e9, "Publisher of a")]),
    "true_conflicts": ("reporter, partner, lowest_value, highest_value", [(["AZE"], ["KAZ"], 4e9, 5e9)]),
    "voices_most_heard": (
        "voice, corroborated, conflicting",
        [("Publisher of a", 1, 1), ("Publisher of b", 1, 1), ("Publisher of c", 0, 0)],
    ),
    "what_arithmetic_tells": ("partner, implied, value, exceeded_by_value", [(["TUR"], "growth", 37.5, None)]),
    "what_several_voices_confirm": ("reporter, partner, value_high, voices", [(["GEO"], ["TUR"], 8e9, 2)]),
    "who_tells_it_differently": ("pair, voice", [("AZE-KAZ", "Publisher of a"), ("AZE-KAZ", "Publisher of b")]),
}


@cache
def world() -> Answers:
    mentions = pl.DataFrame(MENTIONS, schema=polars_schema(ACRONYM_MENTIONS), orient="row")
    found = answers(DOCUMENTS, *TRADE, *FREIGHT, *AGREEMENTS, tables={ACRONYM_MENTIONS.name: mentions})
    claims = next(view.sql for view in statements("views") if view.name == "claims")
    found.whole().execute(claims)
    return found


ASKED = [each for each in statements("examples") if each.name not in ELSEWHERE]


@pytest.mark.parametrize("example", ASKED, ids=lambda each: each.name)
def test_a_question_gets_its_answer(example: Statement) -> None:
    columns, rows = EXPECTED[example.name]
    assert world().sql(f"SELECT {columns} FROM ({example.sql.rstrip().rstrip(';')})").fetchall() == rows
