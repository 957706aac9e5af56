"""Facts count voices, not claims, and tell true disagreement from rounding, scope and time."""

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from pipeline.warehouse.sql import statements
from tests.analysis.made import Answers, Row, answers, document, number

YEAR = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
PAIR = {"reporter": ["KAZ"], "partner": ["CHN"]}
LONG = "Turnover of the two neighbours came to a round sum in the year that has just ended."


def turnover(doc_id: str, value: float | tuple[float, float], **fields: Any) -> Row:
    return number(doc_id, "turnover", value, **{**PAIR, **YEAR, **fields})


def facts(database: Answers, columns: str) -> list[tuple[Any, ...]]:
    return database.sql(f"SELECT {columns} FROM facts ORDER BY ALL").fetchall()


def whole(database: Answers, columns: str) -> list[tuple[Any, ...]]:
    return database.sql(f"SELECT {columns} FROM facts WHERE beside_fact_id IS NULL ORDER BY ALL").fetchall()


def agreements(*cases: tuple[dict[str, Any], ...]) -> list[str]:
    """For each case, how voices agree of which each says one of its values: one database, each case of a year of its own."""
    most = max(len(case) for case in cases)
    claims = [
        turnover(f"d{voice}", **value, period_start=date(1000 + year, 1, 1), period_end=date(1000 + year, 12, 31))
        for year, case in enumerate(cases)
        for voice, value in enumerate(case)
    ]
    database = answers([document(f"d{voice}") for voice in range(most)], *claims)
    return [row[0] for row in database.sql("SELECT agreement FROM facts ORDER BY period_start").fetchall()]


class TestWhatIsOneFact:
    def test_turnover_is_the_same_from_both_sides(self) -> None:
        database = answers(
            [document("a"), document("b")],
            turnover("a", 4.5e9),
            turnover("b", 4.5e9, reporter=["CHN"], partner=["KAZ"]),
        )
        assert facts(database, "reporter, partner, voices, agreement") == [(["CHN"], ["KAZ"], 2, "corroborated")]

    def test_two_sides_told_as_one_are_a_pair(self) -> None:
        database = answers(
            [document("a"), document("b")], turnover("a", 1), turnover("b", 1, reporter=["CHN", "KAZ"], partner=[])
        )
        assert facts(database, "reporter, partner, voices") == [(["CHN"], ["KAZ"], 2)]

    def test_exports_are_not_the_same_from_both_sides(self) -> None:
        database = answers(
            [document("a")],
            number("a", "exports", 5, **PAIR),
            number("a", "exports", 5, reporter=["CHN"], partner=["KAZ"]),
        )
        assert facts(database, "reporter, partner") == [(["CHN"], ["KAZ"]), (["KAZ"], ["CHN"])]

    def test_a_share_is_one_of_the_whole_of_its_first_side(self) -> None:
        claims = [
            turnover(name, 4, measure="share", unit="%", reporter=[one], partner=[other])
            for name, one, other in (("a", "KAZ", "AZE"), ("b", "AZE", "KAZ"))
        ]
        database = answers([document("a"), document("b")], *claims)
        assert facts(database, "reporter, partner, voices") == [(["AZE"], ["KAZ"], 1), (["KAZ"], ["AZE"], 1)]
        grown = [claim | {"measure": "growth"} for claim in claims]
        assert facts(answers([document("a"), document("b")], *grown), "reporter, partner, voices") == [(["AZE"], ["KAZ"], 2)]

    def test_claims_that_differ_in_anything_but_the_value_are_two_facts(self) -> None:
        others: list[dict[str, Any]] = [
            {"commodity": "wheat"},
            {"mode": "rail"},
            {"corridor": "TITR"},
            {"origin": ["KAZ"]},
            {"period_end": date(2025, 11, 30)},
            {"unit": "EUR"},
            {"modality": "forecast"},
            {"measure": "change"},
            {"partner": ["CHN", "RUS"]},
        ]
        claims = [turnover(f"d{place}", 5, **other) for place, other in enumerate([{}, *others])]
        database = answers([document(f"d{place}") for place in range(len(claims))], *claims)
        assert facts(database, "voices, agreement") == [(1, "single")] * len(claims)

    def test_without_a_period_it_holds_for_the_year_in_which_it_is_told(self) -> None:
        untold = {"period_start": None, "period_end": None}
        documents = [document(str(year), date(year, 5, 1)) for year in (2023, 2025)] + [document("late", date(2025, 9, 1))]
        database = answers(
            documents, turnover("2023", 3e9, **untold), turnover("2025", 5e9, **untold), turnover("late", 5e9, **untold)
        )
        assert facts(database, "told_in, median_value, agreement") == [(2023, 3e9, "single"), (2025, 5e9, "corroborated")]

    def test_an_event_is_a_fact_without_values(self) -> None:
        event = {"origin": ["KAZ"], "destination": ["ARM"], **YEAR}
        database = answers(
            [document("a"), document("b")],
            number("a", "transit_permission", None, **event),
            number("b", "transit_permission", None, **event),
        )
        assert facts(database, "indicator, lowest_value, median_value, unit, agreement, comparable") == [
            ("transit_permission", None, None, None, "corroborated", False)
        ]


class TestVoices:
    def test_one_speaker_quoted_by_three_agencies_is_one_voice(self) -> None:
        names = ["President Kassym-Jomart Tokayev", "Tokayev", "Kazakhstan's President Kassym-Jomart Tokayev"]
        database = answers(
            [document(name) for name in "abc"],
            *(turnover(doc_id, 4.5e9, attributed_to=name) for doc_id, name in zip("abc", names, strict=True)),
        )
        assert facts(database, "voices, documents, publishers, claims, agreement") == [(1, 3, 3, 3, "single")]
        assert database.sql("SELECT DISTINCT voice FROM fact_claims").fetchall() == [("Tokayev",)]

    def test_two_speakers_in_one_document_are_two_voices(self) -> None:
        database = answers(
            [document("a")], turnover("a", 4.5e9, attributed_to="Tokayev"), turnover("a", 6e9, attributed_to="Chinese customs")
        )
        assert facts(database, "voices, agreement") == [(2, "conflicting")]

    def test_a_headline_without_a_speaker_adds_no_voice_to_the_speaker_of_its_text(self) -> None:
        database = answers(
            [document("a")], turnover("a", 4.5e9), turnover("a", 4.5e9, attributed_to="Tokayev", evidence_start=5)
        )
        assert facts(database, "voices, claims, agreement") == [(1, 2, "single")]

    def test_who_is_not_named_speaks_as_the_publisher(self) -> None:
        database = answers(
            [document("a", publisher="Reuters"), document("b", publisher="Reuters")],
            turnover("a", 4.5e9, attributed_to="the ministry"),
            turnover("b", 4.5e9),
        )
        assert facts(database, "voices, documents, publishers") == [(1, 2, 1)]

    def test_who_is_not_named_bears_out_no_speaker_of_the_same(self) -> None:
        documents = [document("a"), document("b")]
        named = turnover("a", 12e9, attributed_to="The EEC")
        found = facts(answers(documents, named, turnover("b", 12e9, attributed_to="The Commission")), "voices, agreement")
        assert found == [(1, "single")]
        # what differs is told by another, and so is what a publisher says itself
        other = facts(answers(documents, named, turnover("b", 15e9, attributed_to="The Commission")), "voices, agreement")
        assert other == [(2, "conflicting")]
        assert facts(answers(documents, named, turnover("b", 12e9)), "voices, agreement") == [(2, "corroborated")]

    def test_the_leader_of_a_state_by_name_and_by_office_is_one_voice_in_any_texts(self) -> None:
        def voices(*speakers: str, later: date = date(2026, 3, 1)) -> int:
            database = answers(
                [document("a", date(2026, 2, 1)), *(document(name, later) for name in "bc")],
                *(turnover(name, 4.5e9, attributed_to=said) for name, said in zip("abc", speakers, strict=False)),
            )
            return int(database.sql("SELECT voices FROM facts").fetchall()[0][0])

        assert voices("President Ilham Aliyev", "Azerbaijan's president", "Aliyev") == 1
        assert voices("President Ilham Aliyev", "the Azerbaijani leader") == 1
        assert voices("Prime Minister Irakli Kobakhidze", "Georgia's prime minister") == 1
        # another office, another state, another minister, and years in which the office may have gone to another
        assert voices("President Ilham Aliyev", "Azerbaijan's prime minister") == 2
        assert voices("Prime Minister Ali Asadov", "Azerbaijan's president") == 2
        assert voices("President Ilham Aliyev", "Georgia's president") == 2
        assert voices("President Ilham Aliyev", "Azerbaijan's foreign minister") == 2
        assert voices("Nursultan Nazarbayev", "Kazakhstan's president", later=date(2029, 1, 1)) == 2

    def test_the_president_of_a_country_is_the_one_whom_the_text_names(self) -> None:
        documents = [document("a"), document("b")]
        office = turnover("a", 4.5e9, attributed_to="the Turkish president")
        named = turnover("a", 4.5e9, attributed_to="Erdoğan")
        assert facts(answers(documents, office, named), "voices") == [(1,)]
        other = turnover("a", 4.5e9, attributed_to="Tokayev")
        assert facts(answers(documents, office, other), "voices") == [(2,)]

    def test_a_text_handed_on_is_that_of_its_agency(self) -> None:
        database = answers(
            [document("a", publisher="Trend News Agency"), document("b", publisher="Trend News Agency via MENAFN")],
            turnover("a", 4.5e9),
            turnover("b", 4.5e9),
        )
        assert facts(database, "voices, documents, publishers") == [(1, 2, 1)]

    def test_a_sentence_that_two_publishers_print_is_one_voice(self) -> None:
        printed = [turnover(doc_id, 4.5e9, evidence=LONG) for doc_id in "ab"]
        other = turnover("c", 4.5e9, evidence=LONG.replace("neighbours", "partners"))
        assert facts(answers([document("a"), document("b")], *printed), "voices") == [(1,)]
        assert facts(answers([document("a"), document("b"), document("c")], *printed, other), "voices") == [(2,)]

    def test_a_document_that_repeats_another_gives_no_voice(self) -> None:
        database = answers(
            [document("a"), document("b", duplicate_of="a")],
            turnover("a", 4.5e9),
            turnover("b", 4.5e9),
            turnover("b", 9e9, commodity="oil"),
        )
        assert facts(database, "voices, documents, claims") == [(1, 1, 1)]
        assert database.sql("SELECT claim_id, independent FROM fact_claims ORDER BY 1").fetchall() == [
            ("c1", True),
            ("c2", False),
        ]

    def test_a_body_without_its_country_is_the_one_that_has_a_country(self) -> None:
        names = ["the Industry Committee", "Kazakhstan's Industry Committee"]
        claims = [turnover(doc_id, 4.5e9, attributed_to=name) for doc_id, name in zip("ab", names, strict=True)]
        china = turnover("c", 4.5e9, attributed_to="China's Industry Committee")
        assert facts(answers([document("a"), document("b")], *claims), "voices") == [(1,)]
        assert facts(answers([document("b"), document("c")], claims[1], china), "voices") == [(2,)]

    def test_a_voice_counts_by_what_it_said_last(self) -> None:
        documents = [document("a", date(2026, 1, 1)), document("b", date(2026, 2, 1)), document("c", date(2026, 1, 15))]
        database = answers(
            documents,
            turnover("a", 4e9, attributed_to="Tokayev"),
            turnover("b", 6e9, attributed_to="Tokayev"),
            turnover("c", 6e9, attributed_to="Xi"),
        )
        assert facts(database, "lowest_value, median_value, highest_value, voices, agreement") == [
            (4e9, 6e9, 6e9, 2, "corroborated")
        ]
        assert database.sql("SELECT claim_id FROM fact_claims WHERE independent ORDER BY 1").fetchall() == [("c2",), ("c3",)]

    def test_the_median_is_that_of_voices_not_of_claims(self) -> None:
        said_often = [turnover(doc_id, 10, attributed_to="Tokayev") for doc_id in "abc"]
        others = [turnover("d", 20), turnover("e", 30)]
        assert facts(answers([document(name) for name in "abcde"], *said_often, *others), "median_value, voices") == [(20, 3)]

    def test_of_two_values_in_one_text_the_one_that_others_tell_counts(self) -> None:
        database = answers(
            [document("a"), document("b")], turnover("a", 2e9, confidence=0.9), turnover("a", 4.5e9), turnover("b", 4.5e9)
        )
        assert facts(database, "beside_fact_id IS NOT NULL, lowest_value, highest_value, other_claim_ids, agreement") == [
            (False, 4.5e9, 4.5e9, ["c1"], "corroborated"),
            (True, 2e9, 2e9, [], "single"),
        ]
        assert database.sql("SELECT kind, explained, lowest_value, claims FROM fact_conflicts").fetchall() == [
            ("things", True, 2e9, ["c1", "c2", "c3"])
        ]


AGREEING: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"value": 4.5e6}, {"value": 4.48e6}),
    ({"value": 816_000}, {"value": 0.8e6}),
    ({"value": 5e9}, {"value": 5.3e9}),
    ({"value": 31.2e9}, {"value": 31e9}),
    ({"value": 2.0e9}, {"value": 2.2e9, "bound": "about"}),
    ({"value": 4e9, "bound": "over"}, {"value": 4.6e9}),
    ({"value": 5e9, "bound": "under"}, {"value": 4.6e9}),
    ({"value": (8, 10)}, {"value": 9}),
    ({"value": (8, 10)}, {"value": (10, 12)}),
    ({"value": -5.2, "bound": "over"}, {"value": -7.1}),
    ({"value": 0}, {"value": 0}),
    ({"value": 0.1 + 0.2}, {"value": 0.3}),
)
DIFFERING: tuple[tuple[dict[str, Any], ...], ...] = (
    ({"value": 4.5e6}, {"value": 4.4e6}),
    ({"value": 4.5e6}, {"value": 4.56e6}),
    ({"value": 529.4e6}, {"value": 598.47e6}),
    ({"value": 9}, {"value": 10}),
    ({"value": 90}, {"value": 100}),
    ({"value": 4e9, "bound": "over"}, {"value": 3.2e9}),
    ({"value": 5e9, "bound": "under"}, {"value": 6.1e9}),
    ({"value": (8, 10)}, {"value": 12}),
    ({"value": -5.2, "bound": "over"}, {"value": -3.1}),
    ({"value": 1e9, "bound": "about"}, {"value": 1.3e9}),
    # the third agrees with both, and yet they differ
    ({"value": 4.4e6}, {"value": 4.45e6}, {"value": 4.5e6}),
)
PERIODS: dict[tuple[str | None, str | None], tuple[str | None, bool, bool]] = {
    ("2025-01-01", "2025-12-31"): ("year", True, False),
    ("2025-01-01", "2025-11-30"): ("months", False, True),
    ("2025-01-01", "2025-06-30"): ("half_year", False, True),
    ("2025-01-01", "2025-03-31"): ("quarter", False, True),
    ("2025-01-01", "2025-01-31"): ("month", False, True),
    ("2025-01-01", "2025-08-14"): ("days", False, True),
    ("2025-01-01", "2025-01-01"): ("day", False, False),
    ("2024-02-01", "2024-02-29"): ("month", False, False),
    ("2025-02-01", "2025-04-30"): ("months", False, False),
    ("2025-07-01", "2025-12-31"): ("half_year", False, False),
    ("2024-01-01", "2025-12-31"): ("months", False, False),
    (None, "2030-12-31"): ("until", False, False),
    ("2025-09-01", None): ("since", False, False),
    (None, None): (None, False, False),
}


class TestAgreement:
    def test_rounding_bounds_and_ranges_make_no_conflict(self) -> None:
        found = agreements(*AGREEING, *(case[::-1] for case in AGREEING))
        assert [case for case, how in zip(AGREEING * 2, found, strict=True) if how != "corroborated"] == []

    def test_values_that_cannot_both_be_true_conflict(self) -> None:
        found = agreements(*DIFFERING, *(case[::-1] for case in DIFFERING))
        assert [case for case, how in zip(DIFFERING * 2, found, strict=True) if how != "conflicting"] == []

    def test_forecasts_conflict_but_possibilities_and_denials_do_not(self) -> None:
        cases = [
            ({"value": 4e9, "modality": modality}, {"value": 9e9, "modality": modality})
            for modality in ("forecast", "target", "possible", "negated")
        ]
        assert agreements(*cases) == ["conflicting", "conflicting", "single", "single"]

    def test_bounds_that_do_not_contradict_each_other_confirm_nothing(self) -> None:
        over, under = {"value": 5e6, "bound": "over"}, {"value": 9e12, "bound": "under"}
        assert agreements((over, under), (over, {"value": 7e6, "bound": "over"})) == ["single", "single"]
        assert agreements((over, under, {"value": 7e6})) == ["corroborated"]

    def test_equal_values_that_may_be_of_two_things_confirm_nothing(self) -> None:
        claims = [number(doc_id, "cargo", 3e6, unit="t", reporter=["KAZ"], **YEAR) for doc_id in "ab"]
        on_a_way = [claim | {"corridor": "TITR"} for claim in claims]
        database = answers([document("a"), document("b")], *claims, *on_a_way)
        assert facts(database, "corridor, comparable, voices, agreement") == [
            ("TITR", True, 2, "corroborated"),
            (None, False, 2, "single"),
        ]

    def test_an_event_is_confirmed_if_told_of_one_place_and_one_period(self) -> None:
        journey = {"origin": ["KAZ"], "destination": ["ARM"]}
        kinds: list[Row] = [{**journey, **YEAR}, journey, YEAR]
        claims = [number(doc_id, "transit_permission", None, **kind) for kind in kinds for doc_id in "ab"]
        database = answers([document("a"), document("b")], *claims)
        assert facts(database, "len(origin) > 0, grain, voices, agreement") == [
            (False, "year", 2, "single"),
            (True, "year", 2, "corroborated"),
            (True, None, 2, "single"),
        ]

    def test_only_values_of_one_thing_conflict(self) -> None:
        things: list[tuple[str, Row, str]] = [
            ("investment", {"partner": ["KAZ"]}, "things"),
            ("capacity", {"reporter": ["KAZ"]}, "things"),
            ("capacity", {"corridor": "TITR"}, "value"),
            ("distance", {"origin": ["KAZ"], "destination": ["GEO"]}, "value"),
            ("cargo", {"reporter": ["KAZ"]}, "things"),
            ("cargo", {"corridor": "TITR"}, "value"),
            ("cargo", {}, "things"),
        ]
        claims = [number(doc_id, name, value, **fields) for name, fields, _ in things for doc_id, value in (("a", 3), ("b", 8))]
        database = answers([document("a"), document("b")], *claims)
        found = database.sql(
            "SELECT kind, agreement, fact_conflicts.claims FROM fact_conflicts JOIN facts USING (fact_id) WHERE differs_in = []"
        )
        kinds = {min(claims, key=lambda claim_id: int(claim_id[1:])): (kind, how) for kind, how, claims in found.fetchall()}
        agreement = {"things": "single", "value": "conflicting"}
        assert kinds == {f"c{2 * place + 1}": (kind, agreement[kind]) for place, (_, _, kind) in enumerate(things)}


class TestRoughValues:
    def test_how_rough_a_rough_value_is_comes_from_the_reference_data(self) -> None:
        rows = (Path(__file__).parents[2] / "seeds/reference/analysis/arithmetic_limits.csv").read_text(encoding="utf-8")
        percent = next(float(row.split(",")[1]) for row in rows.splitlines() if row.startswith("about_percent"))
        database = answers([document("a")], turnover("a", 1.2345e9, bound="about"))
        (least, most) = database.sql("SELECT least_value, most_value FROM fact_claims").fetchall()[0]
        assert least == pytest.approx(1.2345e9 * (1 - percent / 100))
        assert most == pytest.approx(1.2345e9 * (1 + percent / 100))
        assert (least, most) == pytest.approx(database.sql("SELECT lowest, highest FROM measurements").fetchall()[0])

    def test_a_rough_value_agrees_with_one_near_it_only(self) -> None:
        rough = {"value": 2.24e9, "bound": "about"}
        assert agreements((rough, {"value": 2.14e9}), (rough, {"value": 2.04e9})) == ["corroborated", "conflicting"]

    def test_a_stated_floor_or_ceiling_is_what_it_says(self) -> None:
        told = [(2e9, "over"), (2e6, "under"), (-5.0, "over"), (-5.0, "under")]
        claims = [
            turnover("a", value, bound=bound, period_start=date(2001 + place, 1, 1))
            for place, (value, bound) in enumerate(told)
        ]
        found = answers([document("a")], *claims).sql("SELECT least_value, most_value FROM fact_claims ORDER BY claim_id")
        # 'exceeded 2 billion' is not below it, 'as much as 2 million' not above; 'fell over 5' is 5 below, or more
        assert found.fetchall() == [(2e9, None), (None, 2e6), (None, -5.0), (-5.0, None)]


class TestTrueConflicts:
    def test_the_example_the_report_and_the_table_mean_the_same(self) -> None:
        eight_months = turnover("a", 4.5e9, period_end=date(2025, 8, 31))
        forecasts = [turnover(name, value, commodity="oil", modality="forecast") for name, value in (("a", 1e9), ("b", 2e9))]
        others = [turnover(name, value, reporter=["UZB"]) for name, value in (("a", 1e9), ("b", 3e9))]
        database = answers([document("a"), document("b")], eight_months, turnover("b", 4e9), *forecasts, *others)
        (sql,) = (query.sql for query in statements("examples") if query.name == "true_conflicts")
        example = database.sql(sql).fetchall()
        (sql,) = (query.sql for query in statements("report") if query.name == "conflicts")
        report = database.execute(sql, {"conflicts": 100}).fetchall()
        assert [row[0] for row in example] == ["value", "cumulative"]
        assert [row[1] for row in report] == ["value", "cumulative"]
        meant = "FROM fact_conflicts WHERE NOT explained AND modality = 'reported'"
        assert len(database.sql(meant).fetchall()) == 2


class TestPeriods:
    def test_the_kind_of_period_is_told(self) -> None:
        claims = [
            turnover("a", 5, period_start=start and date.fromisoformat(start), period_end=end and date.fromisoformat(end))
            for start, end in PERIODS
        ]
        found = facts(
            answers([document("a")], *claims), "period_start::VARCHAR, period_end::VARCHAR, grain, whole_year, cumulative"
        )
        assert {(row[0], row[1]): row[2:] for row in found} == PERIODS


class TestConflicts:
    def conflicts(self, *claims: Row) -> list[tuple[Any, ...]]:
        names = sorted({str(claim["doc_id"]) for claim in claims})
        database = answers([document(name) for name in names], *claims)
        return database.sql(
            "SELECT kind, differs_in, explained, lowest_value, highest_value, spread, claims FROM fact_conflicts ORDER BY ALL"
        ).fetchall()

    def test_voices_that_differ_are_a_conflict_of_value(self) -> None:
        found = self.conflicts(turnover("a", 2e9), turnover("b", 3e9), turnover("b", 3e9, evidence_start=9))
        assert found == [("value", [], False, 2e9, 3e9, 0.5, ["c1", "c2", "c3"])]

    def test_values_that_agree_are_none(self) -> None:
        assert self.conflicts(turnover("a", 4.5e9), turnover("b", 4.48e9)) == []

    def test_one_that_names_goods_differs_in_scope(self) -> None:
        found = self.conflicts(turnover("a", 3e9), turnover("b", 2e9, commodity="oil"))
        assert found == [("scope", ["commodity"], True, 2e9, 3e9, 0.5, ["c1", "c2"])]

    def test_a_part_above_its_whole_is_not_explained_by_scope(self) -> None:
        found = self.conflicts(turnover("a", 2e9), turnover("b", 3e9, commodity="oil"))
        assert found == [("scope", ["commodity"], False, 2e9, 3e9, 0.5, ["c1", "c2"])]

    def test_turnover_of_a_pair_is_a_part_of_that_of_either_side(self) -> None:
        for code in ("CHN", "KAZ"):
            found = self.conflicts(turnover("a", 2e9, reporter=[code], partner=[]), turnover("b", 3e9))
            assert [(row[0], row[2]) for row in found] == [("scope", False)]
        # the imports of one are no exports of the other
        for side, explained in (("reporter", True), ("partner", False)):
            whole, part = (number(name, "exports", value, **PAIR, **YEAR) for name, value in (("a", 2e9), ("b", 3e9)))
            found = self.conflicts(whole | {side: []}, part)
            assert [row[:3] for row in found] == [("scope", [side], explained)]

    def test_a_pair_on_a_way_is_not_known_to_be_a_part_of_all_on_it(self) -> None:
        way = {"corridor": "TITR"}
        found = self.conflicts(turnover("a", 2e9, reporter=[], partner=[], **way), turnover("b", 3e9, **way))
        assert [row[:3] for row in found] == [("scope", ["partner", "reporter"], True)]

    def test_points_apart_have_the_decimals_that_are_told(self) -> None:
        growth = {"measure": "growth", "unit": "%"}
        database = answers([document("a"), document("b")], turnover("a", 23.6, **growth), turnover("b", 34, **growth))
        assert database.sql("SELECT points FROM fact_conflicts").fetchall() == [(10.4,)]

    def test_percentages_are_points_apart(self) -> None:
        growth = {"measure": "growth", "unit": "%"}
        database = answers([document("a"), document("b")], turnover("a", 1, **growth), turnover("b", 3, **growth))
        assert database.sql("SELECT spread, points FROM fact_conflicts").fetchall() == [(None, 2)]
        database = answers([document("a"), document("b")], turnover("a", 1e9), turnover("b", 3e9))
        assert database.sql("SELECT spread, points FROM fact_conflicts").fetchall() == [(2, None)]

    def test_growth_of_a_part_may_be_above_that_of_the_whole(self) -> None:
        growth = {"measure": "growth", "unit": "%"}
        found = self.conflicts(turnover("a", 2, **growth), turnover("b", 3, commodity="oil", **growth))
        assert [row[:3] for row in found] == [("scope", ["commodity"], True)]

    def test_two_things_may_be_left_open(self) -> None:
        cargo = [
            number("a", "cargo", 9, corridor="TITR"),
            number("b", "cargo", 5, corridor="TITR", mode="rail", commodity="oil"),
        ]
        assert [row[:3] for row in self.conflicts(*cargo)] == [("scope", ["commodity", "mode"], True)]

    def test_a_side_that_is_left_open_of_turnover_is_found_on_either_side(self) -> None:
        for code in ("CHN", "KAZ"):
            found = self.conflicts(turnover("a", 9e9, reporter=[code], partner=[]), turnover("b", 2e9))
            assert [row[:3] for row in found] == [("scope", ["reporter" if code == "KAZ" else "partner"], True)]

    def test_two_named_things_that_differ_are_no_scope(self) -> None:
        assert self.conflicts(turnover("a", 3e9, commodity="oil"), turnover("b", 2e9, commodity="gas")) == []

    def test_a_text_that_tells_a_whole_and_its_part_has_no_conflict(self) -> None:
        assert self.conflicts(turnover("a", 3e9), turnover("a", 2e9, commodity="oil")) == []

    def test_a_text_that_tells_a_part_above_the_whole_has_one(self) -> None:
        assert [row[:3] for row in self.conflicts(turnover("a", 2e9), turnover("a", 3e9, commodity="oil"))] == [
            ("scope", ["commodity"], False)
        ]

    def test_years_to_date_differ_in_their_end_each_from_the_next(self) -> None:
        ends = [date(2025, 7, 31), date(2025, 11, 30), date(2025, 12, 31)]
        claims = [turnover(name, value, period_end=end) for name, value, end in zip("abc", (2e9, 4e9, 5e9), ends, strict=True)]
        assert self.conflicts(*claims) == [
            ("cumulative", ["period_end"], True, 2e9, 4e9, 1.0, ["c1", "c2"]),
            ("cumulative", ["period_end"], True, 4e9, 5e9, 0.25, ["c2", "c3"]),
        ]

    def test_less_in_a_longer_time_is_not_explained(self) -> None:
        found = self.conflicts(turnover("a", 3e9, period_end=date(2025, 7, 31)), turnover("b", 2e9))
        assert found == [("cumulative", ["period_end"], False, 2e9, 3e9, 0.5, ["c1", "c2"])]

    def test_what_one_text_tells_does_not_depend_on_the_ids_of_texts(self) -> None:
        def found(*names: str) -> list[tuple[Any, ...]]:
            whole, part = {"corridor": "TITR"}, {"corridor": "TITR", "commodity": "oil"}
            told = [(0, 9, whole), (1, 9, whole), (2, 9, whole), (1, 5, part), (0, 4, part | {"mode": "rail"})]
            told.append((2, 2, whole | {"period_start": date(2025, 1, 1), "period_end": date(2025, 3, 31)}))
            claims = [number(names[text], "cargo", value, **{**YEAR, **fields}) for text, value, fields in told]
            # the time alone tells in what order the texts are read
            documents = [document(name, date(2026, 2, day)) for day, name in enumerate(names, 1)]
            database = answers(documents, *claims)
            columns = "kind, differs_in, explained, lowest_value, highest_value, claims"
            return database.sql(f"SELECT {columns} FROM fact_conflicts ORDER BY ALL").fetchall()

        orders = [found(*names) for names in permutations("abc")]
        assert orders == [orders[0]] * 6
        assert [row[:2] for row in orders[0]] == [("scope", ["mode"])]

    def test_periods_with_other_starts_are_not_compared(self) -> None:
        assert self.conflicts(turnover("a", 3e9, period_start=date(2025, 6, 1)), turnover("b", 2e9)) == []


@pytest.mark.parametrize(
    ("bounds", "read_as"),
    [
        (("over",), "over"),
        (("about", "about"), "about"),
        (("under", "exact"), "exact"),
    ],
)
def test_the_value_of_a_fact_is_read_as_its_voices_say_it(bounds: tuple[str, ...], read_as: str) -> None:
    said = [turnover(f"d{voice}", 5e9, bound=bound) for voice, bound in enumerate(bounds)]
    database = answers([document(claim["doc_id"]) for claim in said], *said)
    assert facts(database, "value_low, bound") == [(5e9, read_as)]
    assert database.sql("SELECT bound FROM bilateral_turnover").fetchall() == [(read_as,)]


def test_a_conflict_says_what_it_is_about() -> None:
    database = answers([document("a"), document("b")], turnover("a", 2e9), turnover("b", 3e9))
    about = "reporter, partner, corridor, commodity, period_start, period_end, voices"
    assert database.sql(f"SELECT {about} FROM fact_conflicts").fetchall() == [
        (["CHN"], ["KAZ"], None, None, date(2025, 1, 1), date(2025, 12, 31), 2)
    ]


def test_trade_among_the_members_of_a_bloc_is_a_part_of_its_trade_only_once() -> None:
    database = answers(
        [document("a"), document("b")],
        turnover("a", 9e9, reporter=["C5"], partner=["C5"]),
        turnover("b", 5e9, reporter=["C5"], partner=[]),
    )
    assert database.sql("SELECT kind, differs_in FROM fact_conflicts").fetchall() == [("scope", ["partner"])]


def test_what_has_no_value_has_no_bound() -> None:
    database = answers([document("a")], number("a", "disruption", None, **YEAR))
    assert facts(database, "bound") == [(None,)]


def test_a_voice_has_the_facts_that_it_states_and_how_far_others_bear_it_out() -> None:
    database = answers(
        [document("a", publisher="One"), document("b", publisher="Two", published_on=date(2026, 3, 1))],
        turnover("a", 4.5e9),
        turnover("a", 4.5e9, evidence_start=5),
        turnover("a", 3e9, commodity="oil"),
        turnover("a", 1e9, commodity="gas"),
        turnover("b", 4.5e9),
        turnover("b", 8e9, commodity="oil"),
    )
    assert database.sql("FROM voices").fetchall() == [
        ("One", 3, 1, 1, date(2026, 2, 1), date(2026, 2, 1)),
        ("Two", 2, 1, 1, date(2026, 3, 1), date(2026, 3, 1)),
    ]


class TestShownClaim:
    def test_it_is_the_most_confident_then_the_latest(self) -> None:
        documents = [document("a", date(2026, 1, 1)), document("b", date(2026, 2, 1)), document("c", date(2026, 3, 1))]
        database = answers(
            documents, turnover("a", 5, confidence=0.9), turnover("b", 5, confidence=0.9), turnover("c", 5, confidence=0.4)
        )
        assert facts(database, "claim_id, confidence, first_published_on, latest_published_on") == [
            ("c2", 0.9, date(2026, 1, 1), date(2026, 3, 1))
        ]

    def test_of_a_part_and_its_whole_in_one_text_it_is_the_whole(self) -> None:
        whole, part = turnover("a", 5.2e6, confidence=0.6), turnover("a", 2.5e6, confidence=0.9, evidence_start=40)
        for claims in ((whole, part), (part | {"evidence_start": 0}, whole | {"evidence_start": 40})):
            found = facts(answers([document("a")], *claims), "beside_fact_id IS NULL, value_low, lowest_value, confidence")
            assert found == [(False, 2.5e6, 2.5e6, 0.9), (True, 5.2e6, 5.2e6, 0.6)]
            assert facts(answers([document("a")], *claims), "len(other_claim_ids), claims") == [(0, 1), (1, 1)]

    def test_what_others_or_later_texts_tell_stays_among_the_values(self) -> None:
        documents = [document("a", date(2026, 1, 1)), document("b", date(2026, 2, 1))]
        other_voice = facts(answers(documents, turnover("a", 4e9), turnover("b", 9e9)), "lowest_value, other_claim_ids")
        assert other_voice == [(4e9, [])]
        said = [turnover(name, value, attributed_to="Tokayev") for name, value in (("a", 4e9), ("b", 6e9))]
        assert facts(answers(documents, *said), "lowest_value, highest_value, other_claim_ids") == [(4e9, 6e9, [])]
        # and what is only rounded in one text is no other value
        rounded = [turnover("a", 4.48e9), turnover("a", 4.5e9)]
        assert facts(answers(documents, *rounded), "lowest_value, highest_value, other_claim_ids") == [(4.48e9, 4.5e9, [])]

    def test_of_a_part_and_its_whole_that_are_both_unsure_it_is_the_whole(self) -> None:
        claims = [turnover("a", 5.2e6, confidence=0.1), turnover("a", 2.5e6, confidence=0.2, evidence_start=40)]
        assert whole(answers([document("a")], *claims), "value_low, claim_id") == [(5.2e6, "c1")]

    def test_what_its_words_make_a_part_is_no_whole_however_sure(self) -> None:
        sentence = "Of that, 2.5 million tons would be dry cargo."
        part = turnover("a", 2.5e6, confidence=0.9, evidence_start=40, evidence=sentence, value_start=49)
        first = turnover("a", 5.2e6, confidence=0.1)
        assert whole(answers([document("a")], first, part), "value_low, claim_id") == [(5.2e6, "c1")]
        # the words must stand before the amount
        behind = part | {"evidence": "Ships carry 2.5 million tons of that.", "value_start": 52}
        assert whole(answers([document("a")], first, behind), "value_low, claim_id") == [(2.5e6, "c2")]

    def test_a_floor_of_the_whole_is_above_a_part(self) -> None:
        claims = [turnover("a", 5e6, bound="over", confidence=0.6), turnover("a", 2.5e6, confidence=0.9)]
        assert whole(answers([document("a")], *claims), "value_low, claim_id") == [(5e6, "c1")]

    def test_the_largest_is_not_preferred_of_what_does_not_add_up_or_is_unsure_or_rounded(self) -> None:
        def shown(measure: str, value: float, confidence: float) -> list[tuple[Any, ...]]:
            claims = [turnover("a", value, confidence=confidence, measure=measure), turnover("a", 2.5, measure=measure)]
            return whole(answers([document("a")], *claims), "value_low, claim_id")

        assert shown("level", 5.2, 0.6) == [(5.2, "c1")]
        assert shown("growth", 5.2, 0.6) == [(2.5, "c2")]
        assert shown("level", 5.2, 0.2) == [(2.5, "c2")]
        assert shown("level", 2.51, 0.6) == [(2.5, "c2")]

    def test_its_value_is_one_that_a_text_tells(self) -> None:
        names = "abc"
        told = [
            turnover(name, value, confidence=sure) for name, value, sure in zip(names, (4, 6, 4), (0.5, 0.9, 0.6), strict=True)
        ]
        database = answers([document(name) for name in names], *told[:2])
        shown = "value_low, value_high, lowest_value, highest_value, agreement, claim_id"
        assert facts(database, shown) == [(6, 6, 4, 6, "conflicting", "c2")]
        assert database.sql("SELECT value_low FROM bilateral_turnover").fetchall() == [(6,)]
        # what two tell comes before what one is surer of
        database = answers([document(name) for name in names], *told)
        assert facts(database, shown) == [(4, 4, 4, 6, "conflicting", "c3")]
        assert database.sql("SELECT claim_id, voices_alike FROM fact_claims ORDER BY 1").fetchall() == [
            ("c1", 2),
            ("c2", 1),
            ("c3", 2),
        ]

    def test_what_two_texts_tell_apart_are_facts_that_both_bear_out(self) -> None:
        told = [(5.2e6, 0.2), (4.2e6, 0.2), (2.5e6, 0.9)]
        claims = [
            turnover(name, value, confidence=sure, evidence_start=9 * place)
            for name in "ab"
            for place, (value, sure) in enumerate(told)
        ]
        documents = [document(name) for name in "abc"]
        found = "beside_fact_id IS NULL, value_low, voices, agreement"
        assert facts(answers(documents, *claims), found) == [
            (False, 2.5e6, 2, "corroborated"),
            (False, 4.2e6, 2, "corroborated"),
            # however unsure the extraction is of it
            (True, 5.2e6, 2, "corroborated"),
        ]
        # whoever tells only one of them tells that one
        third = turnover("c", 4.2e6)
        assert facts(answers(documents, *claims[:3], third), found) == [
            (False, 2.5e6, 1, "single"),
            (False, 5.2e6, 1, "single"),
            (True, 4.2e6, 2, "corroborated"),
        ]
        # and what nobody tells apart is one fact on which texts differ
        assert facts(answers(documents, claims[0], third), found) == [(True, 4.2e6, 2, "conflicting")]

    def test_a_repeat_of_a_text_adds_nothing_to_what_that_tells_beside(self) -> None:
        told = [turnover(name, value, evidence_start=place) for name in "ab" for place, value in enumerate((5e6, 2e6))]
        database = answers([document("a"), document("b", duplicate_of="a")], *told)
        assert facts(database, "value_low, voices, claims") == [(2e6, 1, 1), (5e6, 1, 1)]
        assert database.sql("SELECT count(DISTINCT fact_id) FROM fact_claims").fetchall() == [(2,)]

    def test_it_is_not_what_its_voice_no_longer_says(self) -> None:
        documents = [document("a", date(2026, 1, 1)), document("b", date(2026, 2, 1))]
        said = [
            turnover(name, value, attributed_to="Tokayev", confidence=sure)
            for name, value, sure in (("a", 4, 0.9), ("b", 6, 0.5))
        ]
        assert facts(answers(documents, *said), "claim_id, median_value") == [("c2", 6)]

    def test_ids_do_not_depend_on_other_claims(self) -> None:
        alone = facts(answers([document("a")], turnover("a", 5)), "fact_id")
        among = facts(answers([document("a"), document("b")], turnover("a", 7), turnover("b", 5, commodity="oil")), "fact_id")
        assert set(alone) < set(among)


@pytest.mark.parametrize(
    ("fields", "one", "other", "agreement"),
    [
        ({"measure": "growth", "unit": "%"}, 100, 107, "conflicting"),
        ({"measure": "growth", "unit": "%"}, 100, 100.4, "corroborated"),
        ({}, 1e9, 1.05e9, "corroborated"),
        # a goal is meant as it stands
        ({"modality": "target"}, 1e9, 1.05e9, "conflicting"),
    ],
)
def test_percentages_are_rounded_to_their_last_decimal_and_goals_not_at_all(
    fields: Row, one: float, other: float, agreement: str
) -> None:
    told = {"reporter": ["AZE"], "partner": ["KAZ"], "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    database = answers(
        [document("a"), document("b")],
        number("a", "turnover", one, **told, **fields),
        number("b", "turnover", other, **told, **fields),
    )
    assert database.sql("SELECT DISTINCT agreement FROM facts").fetchall() == [(agreement,)]
