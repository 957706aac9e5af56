"""What acronyms stand for is put together over all texts, and what differs is told from what is only spelled otherwise."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.claims.claim import Extraction
from pipeline.claims.extraction import extract_claims
from pipeline.claims.frames import acronym_frame
from pipeline.documents.reading import read_text

from .made import Answers, Row, agreement, answers, document


def told(*sentences: str, claims: tuple[Row, ...] = (), **documents: Any) -> Answers:
    """The answers to one document for each sentence, d1, d2 and so on, published a day after each other."""
    texts = {f"d{number}": f"News from the road\n\n{sentence}\n" for number, sentence in enumerate(sentences, 1)}
    rows = [
        document(name, date(2026, 1, number), text=text, **documents.get(name, {}))
        for number, (name, text) in enumerate(texts.items(), 1)
    ]
    extractions: list[tuple[str, Extraction]] = [(name, extract_claims(read_text(text))) for name, text in texts.items()]
    return answers(rows, *claims, tables={"acronym_mentions": acronym_frame(extractions, "1")})


def rows(connection: Answers, columns: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {columns} FROM acronyms ORDER BY acronym, expansion").fetchall()


def test_one_acronym_with_two_expansions_is_marked_in_both() -> None:
    found = told("The Steppe Route for Peace (SRP) opened.", "The Accord on Grain Related to Kenya (SRP) was signed.")
    assert rows(found, "expansion, has_its_letters, documents, doc_ids, conflicting, other_expansions") == [
        ("Accord on Grain Related to Kenya", False, 1, ["d2"], True, ["Steppe Route for Peace"]),
        ("Steppe Route for Peace", True, 1, ["d1"], True, ["Accord on Grain Related to Kenya"]),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Steppe Transit Organization (STO) met.", "The Steppe Transit Organisation (STO) met."),
        ("The Steppe-Transit Union (STU) met.", "The Steppe Transit Union (STU) met."),
        ("Iron Road Company (IRC) won.", "The Iron Road Corp. (IRC) won."),
        ("Small freight vessels (SFVs) sail.", "A Small Freight Vessel (SFV) sails."),
    ],
)
def test_small_differences_are_one_expansion(one: str, other: str) -> None:
    assert rows(told(one, other, one), "documents, conflicting, mentions") == [(3, False, 3)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Almaty-Osh-Kashgar (AOK) line opened.", "The Almaty-Osh-Kashgar railway (AOK) opened."),
        ("Kenya Iron Lines (KIL) carries ore.", "Kenya Railways (KIL) carries ore."),
    ],
)
def test_a_longer_name_or_a_translation_is_no_conflict(one: str, other: str) -> None:
    assert rows(told(one, other), "conflicting, len(other_expansions)") == [(False, 0)] * 2


def test_two_names_with_the_letters_conflict_even_if_they_share_words() -> None:
    found = told("The Eurasian Economic Union (EEU) met.", "The European Economic Union (EEU) met.")
    assert rows(found, "conflicting") == [(True,), (True,)]


def test_the_expansion_is_the_commonest_spelling_and_days_are_those_of_publication() -> None:
    found = told("Iron Road (IR) grew.", "The Iron-Road (IR) grew.", "Iron Road (IR) shrank.", d3={"publisher": None})
    assert rows(found, "expansion, spellings, publishers, first_told_on, latest_told_on") == [
        ("Iron Road", ["Iron Road", "Iron-Road"], 2, date(2026, 1, 1), date(2026, 1, 3))
    ]


def test_documents_that_repeat_another_have_no_voice() -> None:
    found = told("Iron Road (IR) grew.", "Iron Road (IR) grew.", d2={"duplicate_of": "d1"})
    assert rows(found, "documents, mentions") == [(1, 1)]


def test_a_text_in_another_language_has_none() -> None:
    assert (
        rows(told("Der Verband der Deutschen Eisenbahnen (VDE) hat heute in Berlin mitgeteilt, dass er nicht wächst."), "*")
        == []
    )


def test_what_the_text_spells_out_names_the_instrument() -> None:
    sides = ["GEO", "KAZ"]
    found = told(
        "The Overland Transit Compact (OTC) was signed.",
        "The OTC entered into force.",
        claims=(
            agreement("d1", "signed", sides, name="Overland Transit Compact"),
            agreement("d2", "in_force", sides, name="OTC"),
        ),
    )
    assert found.execute("SELECT name, acronym, claims, status FROM agreements").fetchall() == [
        ("Overland Transit Compact", "OTC", 2, "in_force")
    ]


def test_an_instrument_has_the_initials_that_a_text_puts_behind_its_name() -> None:
    claim = agreement("d1", "signed", ["GEO", "KAZ"], name="Overland Transit Compact")
    found = told("The Overland Transit Compact (OTC) was signed.", claims=(claim,))
    assert found.execute("SELECT names, acronym FROM agreements").fetchall() == [(["Overland Transit Compact"], "OTC")]


def test_initials_with_two_meanings_are_spelled_out_by_their_own_text_only() -> None:
    sides = ["GEO", "KAZ"]
    found = told(
        "The Overland Transit Compact (OTC) was signed.",
        "The Oil Trade Convention (OTC) was signed.",
        "The OTC entered into force.",
        claims=tuple(agreement(name, "agreed", sides, name="OTC") for name in ("d1", "d2", "d3")),
    )
    names = found.execute("SELECT full_name FROM agreement_statements ORDER BY claim_id").fetchall()
    assert names == [("Overland Transit Compact",), ("Oil Trade Convention",), ("OTC",)]


def test_mentions_in_the_answers_have_the_schema_of_the_contract() -> None:
    frame = acronym_frame([("d1", extract_claims(read_text("The road\n\nIron Road (IR) grew.\n")))], "1")
    assert frame.select(pl.col("expansion"), pl.col("evidence")).rows() == [("Iron Road", "Iron Road (IR) grew.")]


def test_of_very_many_expansions_the_commonest_are_listed() -> None:
    frame = acronym_frame([("d1", extract_claims(read_text("The road\n\nIron Road (IR) grew.\n")))], "1")
    many = pl.concat(
        [frame.with_columns(mention_id=pl.lit(f"m{of}"), expansion=pl.lit(f"Ivory{of} Rubber{of}")) for of in range(150)]
        + [frame]
    )
    found = answers([document("d1")], tables={"acronym_mentions": many})
    assert set(rows(found, "conflicting, len(other_expansions)")) == {(True, 20)}
