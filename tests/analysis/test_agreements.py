"""Statements of several texts come together as instruments, unlike ones stay apart, and each stands where it stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.warehouse.instruments import instruments_of

from .made import Answers, Row, agreement, answers, document

EPCA = "Enhanced Partnership and Cooperation Agreement"
PEACE = {"form": "agreement", "subject": "peace"}
JULY, AUGUST = date(2025, 7, 10), date(2025, 8, 8)


def told(*statements: Row, published: dict[str, date | None] | None = None) -> Answers:
    """The answers to statements, in documents published on 1 February 2026 unless told."""
    days = published or {}
    names = sorted({statement["doc_id"] for statement in statements})
    return answers([document(name, days.get(name, date(2026, 2, 1))) for name in names], *statements)


def together(connection: Answers) -> list[list[str]]:
    """The claims of each instrument."""
    query = "SELECT list_sort(list(claim_id)) AS claims FROM agreement_statements GROUP BY agreement_id ORDER BY claims"
    return [row[0] for row in connection.execute(query).fetchall()]


def on(day: date, last: date | None = None) -> dict[str, date]:
    return {"date_start": day, "date_end": last or day}


def one(connection: Answers, columns: str) -> tuple[Any, ...]:
    (row,) = connection.execute(f"SELECT {columns} FROM agreements").fetchall()
    return tuple(row)


# Which statements are about one instrument ---------------------------------------------------------------------------


def test_a_full_name_and_its_initials_are_one_instrument_for_the_same_sides() -> None:
    found = told(
        agreement("a", "initialed", ["EU", "TJK"], name=EPCA),
        agreement("b", "signed", ["EU", "TJK"], name="EPCA"),
        agreement("c", "signed", ["EU", "UZB"], name="EPCA"),
    )
    assert together(found) == [["c1", "c2"], ["c3"]]
    assert found.execute("SELECT name, names, acronym FROM agreements WHERE claims = 2").fetchall() == [
        (EPCA, ["EPCA", EPCA], "EPCA")
    ]


def test_initials_that_fit_two_names_stand_for_neither() -> None:
    found = told(
        agreement("a", "signed", ["EU", "TJK"], name=EPCA),
        agreement("b", "signed", ["EU", "TJK"], name="Energy Partnership and Climate Agreement"),
        agreement("c", "signed", ["EU", "TJK"], name="EPCA"),
    )
    assert together(found) == [["c1"], ["c2"], ["c3"]]


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Joint Declaration on the establishment of a strategic partnership", "Declaration on Strategic Partnership", True),
        ("EU-Uzbekistan Digital Partnership Agreement", "Digital Partnership Agreement", True),
        ("Organisation of Transit Agreement", "Agreement on the Organization of Transit", True),
        (EPCA, "Partnership and Cooperation Agreement", False),
        ("Charter on Allied Relations", "Charter on Strategic Partnership", False),
    ],
)
def test_names_differ_by_the_words_that_tell_one_instrument_from_another(name: str, other: str, same: bool) -> None:
    sides = ["EU", "UZB"]
    found = told(agreement("a", "agreed", sides, name=name), agreement("b", "agreed", sides, name=other))
    assert (len(together(found)) == 1) is same


def test_a_name_of_nothing_in_particular_is_no_name() -> None:
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"], name="Memorandum of Understanding", subject="energy"),
        agreement("b", "signed", ["GEO", "KAZ"], name="Memorandum of Understanding", subject="transport"),
    )
    assert together(found) == [["c1"], ["c2"]]


def test_a_peace_deal_and_a_peace_treaty_of_the_same_sides_are_one() -> None:
    found = told(
        agreement("a", "initialed", ["ARM", "AZE"], **PEACE, **on(AUGUST)),
        agreement("b", "initialed", ["ARM", "AZE"], form="treaty", subject="peace", **on(date(2025, 1, 1), date(2025, 12, 31))),
        agreement("c", "initialed", ["AZE", "IRN"], **PEACE),
    )
    assert together(found) == [["c1", "c2"], ["c3"]]


def test_memoranda_of_one_day_on_other_subjects_stay_apart() -> None:
    subjects = ("energy", "digital", "transport")
    found = told(*(agreement("a", "signed", ["ARM", "USA"], subject=subject, **on(AUGUST)) for subject in subjects))
    assert together(found) == [["c1"], ["c2"], ["c3"]]


def test_a_treaty_and_a_declaration_of_one_day_stay_apart() -> None:
    forms = ("treaty", "declaration")
    found = told(*(agreement("a", "signed", ["ARM", "AZE"], form=form, subject="peace", **on(AUGUST)) for form in forms))
    assert together(found) == [["c1"], ["c2"]]


@pytest.mark.parametrize("name", [None, "Transit Agreement"])
def test_two_days_of_signing_are_two_instruments(name: str | None) -> None:
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"], name=name, **on(JULY)),
        agreement("b", "signed", ["GEO", "KAZ"], name=name, **on(AUGUST)),
        agreement("c", "signed", ["GEO", "KAZ"], name=name, **on(date(2025, 8, 1), date(2025, 8, 31))),
    )
    assert together(found) == [["c1"], ["c2", "c3"]]


def test_what_is_told_again_within_the_year_is_the_same_and_years_later_is_not() -> None:
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"], **on(AUGUST)),
        agreement("b", "signed", ["GEO", "KAZ"]),
        agreement("c", "signed", ["GEO", "KAZ"]),
        published={"a": AUGUST, "b": date(2025, 12, 30), "c": date(2028, 1, 15)},
    )
    assert together(found) == [["c1", "c2"], ["c3"]]


def test_signings_told_without_a_day_are_one_only_if_told_at_about_the_same_time() -> None:
    days = {"a": date(2025, 1, 1), "b": date(2025, 2, 1), "c": date(2025, 7, 1)}
    found = told(*(agreement(name, "signed", ["GEO", "KAZ"]) for name in days), published=dict(days))
    assert together(found) == [["c1", "c2"], ["c3"]]


def test_a_row_of_signings_each_soon_after_the_last_does_not_run_together() -> None:
    days = {f"d{month:02}": date(2024 + month // 12, month % 12 + 1, 1) for month in range(24)}
    found = told(*(agreement(name, "signed", ["GEO", "KAZ"]) for name in days), published=dict(days))
    (longest,) = found.execute("SELECT max(latest_told_on - first_told_on) FROM agreements").fetchall()[0]
    assert longest <= 365


def test_what_takes_effect_before_another_is_signed_is_another() -> None:
    found = told(
        agreement("a", "in_force", ["EAEU", "IRN"], **on(date(2024, 10, 1))),
        agreement("a", "signed", ["EAEU", "IRN"], **on(date(2025, 5, 1))),
    )
    assert together(found) == [["c1"], ["c2"]]


def test_what_was_prolonged_before_another_is_signed_is_another() -> None:
    found = told(
        agreement("a", "extended", ["PAK", "QAT"], **on(JULY)),
        agreement("a", "signed", ["PAK", "QAT"], **on(AUGUST)),
    )
    assert together(found) == [["c1"], ["c2"]]


def test_steps_that_one_sentence_tells_are_of_one_instrument_however_far_apart() -> None:
    steps = {"evidence_start": 13, "evidence_end": 24}
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"], **on(date(2020, 1, 1)), **steps),
        agreement("a", "in_force", ["GEO", "KAZ"], **on(date(2025, 1, 1)), **steps),
        agreement("b", "negotiating", ["GEO", "KAZ"], **on(date(2010, 1, 1))),
    )
    assert together(found) == [["c1", "c2"], ["c3"]]


def test_a_text_that_names_fewer_sides_is_about_the_only_instrument_that_has_them() -> None:
    three = ["CHN", "KGZ", "UZB"]
    found = told(
        agreement("a", "signed", three, subject="transport", **on(AUGUST)),
        agreement("b", "signed", ["KGZ", "UZB"], subject="transport", **on(AUGUST)),
        agreement("c", "signed", ["KGZ", "KAZ"], subject="transport", **on(AUGUST)),
    )
    assert together(found) == [["c1", "c2"], ["c3"]]
    assert found.execute("SELECT parties FROM agreements WHERE claims = 2").fetchall() == [(three,)]


def test_what_fits_two_instruments_that_do_not_fit_each_other_joins_neither() -> None:
    found = told(
        agreement("a", "signed", ["CHN", "KGZ", "UZB"], subject="transport", **on(AUGUST)),
        agreement("b", "signed", ["KAZ", "KGZ", "UZB"], subject="transport", **on(AUGUST)),
        agreement("c", "signed", ["KGZ", "UZB"], subject="transport", **on(AUGUST)),
    )
    assert together(found) == [["c1"], ["c2"], ["c3"]]


def test_a_statement_for_all_does_not_join_the_agreements_of_each_with_a_third() -> None:
    found = told(
        agreement("a", "signed", ["ARM", "USA"], subject="security", **on(AUGUST)),
        agreement("a", "signed", ["AZE", "USA"], subject="security", **on(AUGUST)),
        agreement("b", "signed", ["ARM", "AZE", "USA"], subject="security", **on(AUGUST)),
    )
    assert len(together(found)) == 3


def test_a_text_that_tells_of_more_and_of_fewer_sides_tells_two_things_apart() -> None:
    found = told(
        agreement("a", "signed", ["ARE", "EAEU", "MNG"], **on(AUGUST)),
        agreement("a", "agreed", ["EAEU", "MNG"], **on(AUGUST)),
    )
    assert together(found) == [["c1"], ["c2"]]


def test_a_text_that_tells_no_form_is_about_the_only_instrument_of_the_matter() -> None:
    formless = agreement("a", "in_force", ["CHN", "PER"], form="other", modality="target", **on(date(2025, 12, 31)))
    protocol = agreement("a", "signed", ["CHN", "PER"], form="protocol", **on(AUGUST))
    assert together(told(formless, protocol)) == [["c1", "c2"]]
    assert one(told(formless, protocol), "form") == ("protocol",)
    assert together(told(formless, protocol, agreement("a", "signed", ["CHN", "PER"], form="agreement"))) == [
        ["c1"],
        ["c2"],
        ["c3"],
    ]


def test_an_instrument_may_have_the_name_of_the_bloc_that_it_makes() -> None:
    named: Row = {"name": "African Continental Free Trade Area", "form": "agreement"}
    found = told(
        agreement("a", "signed", ["KEN", "TZA"], **named, **on(date(2018, 3, 21))),
        agreement("b", "in_force", ["KEN", "TZA"], **named, **on(date(2024, 1, 1))),
    )
    assert together(found) == [["c1", "c2"]]


def test_a_bloc_is_its_members() -> None:
    members = ["EU", "KAZ", "KGZ", "TJK", "TKM", "UZB"]
    found = told(
        agreement("a", "agreed", ["C5", "EU"], form="declaration", **on(AUGUST)),
        agreement("b", "agreed", members, form="declaration", **on(AUGUST)),
        agreement("c", "agreed", ["EU", "KAZ"], form="declaration", **on(AUGUST)),
    )
    assert together(found) == [["c1", "c2"], ["c3"]]


def test_the_only_named_instrument_of_the_matter_takes_what_names_none() -> None:
    named = agreement("a", "initialed", ["ARM", "AZE"], name="Agreement on Interstate Relations", **PEACE, **on(AUGUST))
    unnamed = agreement("b", "signed", ["ARM", "AZE"], modality="negated", **PEACE)
    assert together(told(named, unnamed)) == [["c1", "c2"]]
    rival = agreement("c", "initialed", ["ARM", "AZE"], name="Agreement on Borders", **PEACE, **on(AUGUST))
    assert together(told(named, unnamed, rival)) == [["c1"], ["c2"], ["c3"]]


def test_of_two_named_ones_that_fit_the_one_of_the_same_text_is_meant() -> None:
    found = told(
        agreement("a", "initialed", ["ARM", "AZE"], name="Agreement on Interstate Relations", **PEACE, **on(AUGUST)),
        agreement("a", "signed", ["ARM", "AZE"], modality="negated", **PEACE),
        agreement("b", "initialed", ["ARM", "AZE"], name="Agreement on Borders", **PEACE, **on(AUGUST)),
    )
    assert together(found) == [["c1", "c2"], ["c3"]]


def test_what_is_only_agreed_on_is_no_instrument_that_has_a_name() -> None:
    named = agreement("a", "in_force", ["ARM", "KAZ"], name="Agreement on Transit", form="agreement", subject="transport")
    about = {"form": "agreement", "subject": "transport"}
    deal = agreement("a", "agreed", ["ARM", "KAZ"], evidence="The deal was agreed on in spring.", **about)
    flights = agreement("a", "agreed", ["ARM", "KAZ"], evidence="Both sides agreed to open flights.", **about)
    assert together(told(named, deal)) == [["c1", "c2"]]
    assert together(told(named, flights)) == [["c1"], ["c2"]]
    assert together(told(named, deal, flights)) == [["c1", "c2", "c3"]]  # the deal is what they agreed on


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("The deal is to be prolonged.", True),
        ("The accord, one of several agreements, is to be prolonged.", True),
        ("The accords on gas and oil are to be prolonged.", False),
        ("Twelve agreements are to be prolonged.", False),
        ("It is to be prolonged.", True),
    ],
)
@pytest.mark.parametrize("name", [None, "Gas Agreement"])
def test_several_accords_are_not_the_one_that_another_sentence_tells(said: str, same: bool, name: str | None) -> None:
    energy = {"form": "agreement", "subject": "energy"}
    signed = agreement("a", "signed", ["TKM", "TUR"], evidence="The agreement on gas was signed.", name=name, **energy)
    extended = agreement("a", "extended", ["TKM", "TUR"], modality="target", evidence=said, **energy)
    joins = same and (name is None or "It" not in said)
    assert together(told(signed, extended)) == ([["c1", "c2"]] if joins else [["c1"], ["c2"]])


def test_several_accords_told_twice_are_the_same() -> None:
    accords = {"form": "agreement", "subject": "energy", "evidence": "Accords on gas and oil were signed.", **on(AUGUST)}
    assert together(told(*(agreement(doc, "signed", ["TKM", "TUR"], **accords) for doc in "ab"))) == [["c1", "c2"]]


@pytest.mark.parametrize(
    ("organisations", "same"),
    [
        (["Botash Pipelines Corp"], False),
        (["Ministry of Energy"], True),
        (["Ministry of Energy", "Botash Pipelines Corp"], False),
    ],
)
def test_a_deal_of_companies_is_no_accord_of_states_but_for_its_name(organisations: list[str], same: bool) -> None:
    about = {"form": "agreement", "subject": "energy", **on(AUGUST)}
    states = agreement("a", "signed", ["TKM", "TUR"], **about)
    firms = agreement("b", "signed", ["TKM", "TUR"], organisations=organisations, **about)
    assert together(told(states, firms)) == ([["c1", "c2"]] if same else [["c1"], ["c2"]])
    named = {"name": "Sarakhs Gas Agreement"}
    assert together(told({**states, **named}, {**firms, **named})) == [["c1", "c2"]]


def test_a_contract_is_no_treaty() -> None:
    about = {"subject": "energy", **on(AUGUST)}
    found = told(
        *(agreement(doc, "signed", ["TKM", "TUR"], form=form, **about) for doc, form in (["a", "contract"], ["b", "treaty"]))
    )
    assert together(found) == [["c1"], ["c2"]]


def test_a_text_that_tells_no_particular_subject_is_about_the_one_that_another_tells() -> None:
    vague = agreement("a", "signed", ["ARE", "TJK"], form="agreement", subject="partnership", **on(AUGUST))
    plain = agreement("b", "signed", ["ARE", "TJK"], form="agreement", subject="digital", **on(AUGUST))
    assert together(told(vague, plain)) == [["c1", "c2"]]
    assert one(told(vague, plain), "subject") == ("digital",)
    assert together(told(vague, {**plain, "doc_id": "a"})) == [["c1"], ["c2"]]  # one text tells the two apart


def test_a_side_that_stands_alone_is_joined_in_one_text_only() -> None:
    found = told(*(agreement(doc, "signed", ["KAZ"], **on(AUGUST)) for doc in ("a", "a", "b")))
    assert together(found) == [["c1", "c2"], ["c3"]]


def test_an_organisation_is_the_same_whatever_dashes_and_kind_of_company_stand_in_its_name() -> None:
    firms = (["Bank of Roads", "Osh–Kashgar Railway Company LLC"], ["Bank of Roads JSC", "Osh-Kashgar Railway Company"])
    found = told(
        *(agreement(doc, "signed", [], organisations=names, **on(AUGUST)) for doc, names in zip("ab", firms, strict=True))
    )
    assert together(found) == [["c1", "c2"]]


def test_documents_that_repeat_another_have_no_voice() -> None:
    found = answers(
        [document("a"), document("b", duplicate_of="a")],
        agreement("a", "signed", ["GEO", "KAZ"]),
        agreement("b", "signed", ["GEO", "KAZ"]),
    )
    assert one(found, "claims, documents, claim_id") == (1, 1, "c1")


def test_the_reason_for_joining_is_told_once_for_each_that_joined() -> None:
    found = told(
        agreement("a", "signed", ["EU", "UZB"], name=EPCA, **on(AUGUST)),
        agreement("b", "signed", ["EU", "UZB"], name="EPCA"),
        agreement("c", "agreed", ["EU"], name=EPCA),
        published={"a": AUGUST, "b": date(2025, 9, 1), "c": date(2025, 10, 1)},
    )
    rows = found.execute("SELECT claim_id, joined_by, full_name FROM agreement_statements ORDER BY claim_id").fetchall()
    assert rows == [("c1", None, EPCA), ("c2", "name", EPCA), ("c3", "name_of_fewer_sides", EPCA)]


# Where an instrument stands -------------------------------------------------------------------------------------------


def test_an_instrument_stands_where_the_furthest_step_took_it_not_where_the_latest_text_says() -> None:
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"], **on(JULY), place="Tbilisi", confidence=0.6),
        agreement("b", "agreed", ["GEO", "KAZ"], **on(date(2025, 6, 1)), place="Astana", confidence=0.9),
        published={"a": JULY, "b": AUGUST},
    )
    assert one(found, "status, status_on, status_on_from, place, first_told_on, latest_told_on, claim_id, confidence") == (
        ("signed", JULY, "text", "Tbilisi", JULY, AUGUST, "c1", 0.6)
    )


@pytest.mark.parametrize("modality", ["negated", "target", "possible", "forecast"])
def test_what_is_not_told_as_a_fact_is_no_status_reached(modality: str) -> None:
    sides = ["GEO", "KAZ"]
    assert one(told(agreement("a", "signed", sides, modality=modality)), "status, status_on, claim_id") == (None, None, "c1")
    found = told(agreement("a", "signed", sides, modality=modality), agreement("a", "initialed", sides))
    assert one(found, "status") == ("initialed",)


def test_the_next_step_that_is_planned_is_awaited_until_it_is_taken() -> None:
    planned = agreement("a", "in_force", ["EAEU", "IRN"], modality="target", **on(date(2025, 5, 15)))
    signed = agreement("a", "signed", ["EAEU", "IRN"], **on(date(2024, 12, 25)))
    taken = agreement("b", "in_force", ["EAEU", "IRN"], **on(date(2025, 5, 15)))
    days: dict[str, date | None] = {"a": date(2025, 3, 1), "b": date(2025, 6, 1)}
    columns = "status, awaited_status, awaited_by"
    assert one(told(planned, signed, published=days), columns) == ("signed", "in_force", date(2025, 5, 15))
    assert one(told(planned, signed, taken, published=days), columns) == ("in_force", None, None)


def test_what_was_suspended_stands_suspended_until_it_is_in_force_again() -> None:
    sides = ["RUS", "TUR"]
    steps = [
        agreement("a", "in_force", sides, **on(date(2025, 1, 1))),
        agreement("a", "suspended", sides, **on(date(2025, 3, 1))),
        agreement("a", "signed", sides, **on(date(2024, 6, 1))),
    ]
    assert one(told(*steps), "status, status_on") == ("suspended", date(2025, 3, 1))
    steps.append(agreement("a", "extended", sides, **on(date(2025, 6, 1))))
    assert one(told(*steps), "status, status_on") == ("extended", date(2025, 6, 1))


def test_a_day_told_by_one_text_is_closer_than_the_year_told_by_another() -> None:
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"], confidence=0.9, **on(date(2025, 1, 1), date(2025, 12, 31))),
        agreement("b", "signed", ["GEO", "KAZ"], confidence=0.5, **on(AUGUST)),
    )
    assert one(found, "status_on, status_on_from, claim_id") == (AUGUST, "text", "c2")


def test_a_status_held_by_the_earliest_text_that_tells_it_without_a_day() -> None:
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"]),
        agreement("b", "signed", ["GEO", "KAZ"]),
        agreement("c", "signed", ["GEO", "KAZ"], **on(date(2025, 1, 1), date(2025, 12, 31))),
        published={"a": JULY, "b": AUGUST, "c": date(2025, 9, 1)},
    )
    assert one(found, "status_on, status_on_from") == (JULY, "publication")


def test_a_fact_of_this_year_came_about_before_it_was_told() -> None:
    this_year = on(date(2025, 1, 1), date(2025, 12, 31))
    found = told(agreement("a", "signed", ["GEO", "KAZ"], **this_year), published={"a": AUGUST})
    assert one(found, "status_on, status_on_from") == (AUGUST, "period")


def test_without_any_day_there_is_none() -> None:
    found = told(agreement("a", "signed", ["GEO", "KAZ"]), published={"a": None})
    assert one(found, "status, status_on, status_on_from, first_told_on") == ("signed", None, None, None)


# Statements that do not go together -----------------------------------------------------------------------------------


def contradictions(connection: Answers) -> list[tuple[str, str, str]]:
    query = "SELECT claim_id, contradiction, contradicting_claim_id FROM agreement_timeline WHERE contradiction IS NOT NULL"
    return sorted(connection.execute(query).fetchall())


SIGNED = agreement("a", "signed", ["ARM", "AZE"], **PEACE, **on(AUGUST))


@pytest.mark.parametrize(
    ("statement", "published", "code"),
    [
        (
            agreement("b", "signed", ["ARM", "AZE"], modality="negated", **PEACE),
            date(2025, 12, 1),
            "not_yet_reached_after_reached",
        ),
        (
            agreement("b", "initialed", ["ARM", "AZE"], modality="negated", **PEACE),
            date(2025, 12, 1),
            "not_yet_reached_after_reached",
        ),
        (agreement("b", "signed", ["ARM", "AZE"], modality="target", **PEACE), date(2025, 12, 1), "planned_after_reached"),
        (agreement("b", "signed", ["ARM", "AZE"], modality="negated", **PEACE), date(2025, 8, 1), None),
        (agreement("b", "signed", ["ARM", "AZE"], modality="target", **PEACE), date(2025, 8, 1), None),
        (agreement("b", "ratified", ["ARM", "AZE"], modality="negated", **PEACE), date(2025, 12, 1), None),
        (agreement("b", "in_force", ["ARM", "AZE"], modality="target", **PEACE), date(2025, 12, 1), None),
    ],
)
def test_a_step_told_as_taken_and_later_as_not_is_marked(statement: Row, published: date, code: str | None) -> None:
    found = told(SIGNED, statement, published={"a": date(2025, 8, 9), "b": published})
    assert contradictions(found) == ([("c1", code, "c2"), ("c2", code, "c1")] if code else [])
    assert one(found, "contradicted, claims") == (code is not None, 2)


def test_a_text_without_a_day_can_contradict_itself_only() -> None:
    denied = agreement("a", "signed", ["ARM", "AZE"], modality="negated", **PEACE)
    assert len(contradictions(told(SIGNED, denied, published={"a": None}))) == 2
    assert contradictions(told(SIGNED, {**denied, "doc_id": "b"}, published={"b": None})) == []


def test_an_initialing_dated_after_the_signature_is_marked() -> None:
    named: Row = {"name": "Transit Agreement"}
    found = told(
        agreement("a", "signed", ["GEO", "KAZ"], **named, **on(JULY)),
        agreement("b", "initialed", ["GEO", "KAZ"], **named, **on(AUGUST)),
    )
    assert contradictions(found) == [("c1", "earlier_status_dated_later", "c2"), ("c2", "earlier_status_dated_later", "c1")]


def test_two_days_told_of_the_entry_into_force_of_what_has_a_name_are_marked() -> None:
    found = told(
        *(
            agreement(doc, "in_force", ["PER", "USA"], name="Promotion Pact", **on(day))
            for doc, day in zip("ab", (JULY, AUGUST), strict=True)
        )
    )
    assert contradictions(found) == [("c1", "dated_otherwise", "c2"), ("c2", "dated_otherwise", "c1")]
    assert one(found, "status, status_on, contradicted") == ("in_force", JULY, True)


def test_ratifications_of_several_days_do_not_contradict_each_other() -> None:
    found = told(
        agreement("a", "ratified", ["GEO", "KAZ"], **on(JULY)),
        agreement("a", "ratified", ["GEO", "KAZ"], **on(AUGUST)),
        agreement("a", "ratified", ["GEO", "KAZ"], modality="negated"),
    )
    assert (contradictions(found), one(found, "claims")) == ([], (3,))


# For any statements ---------------------------------------------------------------------------------------------------

DAYS = st.sampled_from([None, date(2024, 1, 1), date(2024, 3, 1), date(2025, 1, 1), AUGUST])
STATEMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "doc_id": st.sampled_from("abc"),
            "name": st.sampled_from([None, None, EPCA, "EPCA", "Transit Agreement", "The Agreement"]),
            "form": st.sampled_from(["agreement", "treaty", "memorandum"]),
            "subject": st.sampled_from(["trade", "partnership"]),
            "parties": st.sampled_from([[], ["KAZ"], ["GEO", "KAZ"], ["KAZ", "UZB"], ["GEO", "KAZ", "UZB"]]),
            "organisations": st.sampled_from([[], ["Port of Poti"]]),
            "status": st.sampled_from(["negotiating", "signed", "in_force", "suspended"]),
            "modality": st.sampled_from(["reported", "negated", "target"]),
            "day": DAYS,
            "published_on": DAYS,
            "evidence_start": st.integers(0, 2),
            "evidence": st.sampled_from(["The agreement.", "The agreements.", "It."]),
        }
    ),
    max_size=12,
)
SCHEMA = {
    "claim_id": pl.String,
    "doc_id": pl.String,
    "name": pl.String,
    "spelled_out": pl.String,
    "form": pl.String,
    "subject": pl.String,
    "parties": pl.List(pl.String),
    "organisations": pl.List(pl.String),
    "status": pl.String,
    "modality": pl.String,
    "date_start": pl.Date,
    "date_end": pl.Date,
    "published_on": pl.Date,
    "evidence_start": pl.Int32,
    "evidence": pl.String,
}


def frame(statements: Sequence[Row]) -> pl.DataFrame:
    rows = [
        {**row, "claim_id": f"c{number}", "spelled_out": None, "date_start": row["day"], "date_end": row["day"]}
        for number, row in enumerate(statements)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@settings(deadline=None, max_examples=150)
@given(STATEMENTS, st.randoms())
def test_the_order_of_statements_counts_for_nothing(statements: list[Row], random: Any) -> None:
    rows = frame(statements)
    shuffled = rows.sample(fraction=1, shuffle=True, seed=random.randrange(1000))
    assert instruments_of(shuffled).sort("claim_id").equals(instruments_of(rows).sort("claim_id"))


@settings(deadline=None, max_examples=150)
@given(STATEMENTS)
def test_an_instrument_has_one_name_one_day_of_signing_and_sides_that_hold_each_other(statements: list[Row]) -> None:
    rows = frame(statements)
    found = instruments_of(rows).join(rows, on="claim_id")
    assert found.height == rows.height
    for (_,), members in found.group_by("agreement_id"):
        sides = [set(row["parties"]) | set(row["organisations"]) for row in members.iter_rows(named=True)]
        signings = members.filter(pl.col("status") == "signed", pl.col("modality") == "reported")["date_start"].drop_nulls()
        full_names = set(members["full_name"].drop_nulls()) - {"The Agreement"}
        assert all(some <= others or others <= some for some in sides for others in sides)
        assert signings.n_unique() <= 1
        assert len(full_names) <= 1
        assert members["joined_by"].null_count() == 1
