"""From claims to tables: ids, repeats, order, and the version of the extractor."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.claim import EXTRACTOR, AcronymMention, AgreementClaim, Extraction, QuantityClaim
from pipeline.claims.frames import acronym_frame, claim_frames
from pipeline.claims.rows import claim_id
from pipeline.claims.version import digest_of, extractor_version
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import ACRONYM_MENTIONS, CLAIM_TABLES

QUANTITY = QuantityClaim(
    family="freight",
    indicator="containers",
    measure="level",
    value_low=250.0,
    value_high=250.0,
    bound="about",
    unit="TEU",
    value_text="about 250 TEU",
    reporter=("PER",),
    partner=(),
    origin=("CHN", "KOR"),
    destination=("PER",),
    corridor=None,
    mode="sea",
    commodity=None,
    period_start=date(2021, 4, 1),
    period_end=None,
    modality="reported",
    attributed_to=None,
    evidence="about 250 TEU",
    evidence_start=0,
    evidence_end=13,
    value_start=0,
    value_end=13,
    confidence=0.5,
)
AGREEMENT = AgreementClaim(
    name="Lima Accord",
    form="agreement",
    subject="transport",
    status="in_force",
    modality="target",
    parties=("CHN", "PER"),
    organisations=("Port Authority", "Andes Rail"),
    date_start=None,
    date_end=None,
    place=None,
    attributed_to=None,
    evidence="Lima Accord",
    evidence_start=20,
    evidence_end=31,
    confidence=0.7,
)


def test_an_id_is_the_same_in_every_process() -> None:
    program = (
        "from tests_frames import QUANTITY, AGREEMENT; from pipeline.claims.rows import claim_id; "
        "print(claim_id('d', QUANTITY), claim_id('d', AGREEMENT))"
    )
    program = program.replace("tests_frames", Path(__file__).stem)
    for seed in ("1", "2"):
        said = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parents[2]}"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert said.stdout.split() == [claim_id("d", QUANTITY), claim_id("d", AGREEMENT)]


@pytest.mark.parametrize(
    "change",
    [
        {"evidence_start": 1},
        {"value_end": 12},
        {"value_low": 249.0},
        {"reporter": ("CHL",)},
        {"reporter": (), "partner": ("PER",)},
        {"modality": "target"},
        {"family": "trade"},
        {"period_start": None, "period_end": date(2021, 4, 1)},
    ],
)
def test_another_place_or_content_has_another_id(change: dict[str, object]) -> None:
    assert claim_id("d", replace(QUANTITY, **change)) != claim_id("d", QUANTITY)  # type: ignore[arg-type]


def test_another_document_has_another_id() -> None:
    assert claim_id("d", QUANTITY) != claim_id("e", QUANTITY)


def test_what_does_not_change_the_content_does_not_change_the_id() -> None:
    assert claim_id("d", replace(QUANTITY, confidence=0.1)) == claim_id("d", QUANTITY)
    assert claim_id("d", replace(QUANTITY, origin=("KOR", "CHN", "KOR"))) == claim_id("d", QUANTITY)
    assert claim_id("d", replace(QUANTITY, value_low=250)) == claim_id("d", QUANTITY)


def test_frames_follow_the_contract() -> None:
    trade = replace(QUANTITY, family="trade", indicator="imports")
    frames = claim_frames([("d", Extraction((QUANTITY, trade), (AGREEMENT,)))], "v9")
    for family, frame in frames.by_family().items():
        assert frame.schema == polars_schema(CLAIM_TABLES[family])
        assert frame.select("doc_id", "extractor", "extractor_version").rows() == [("d", EXTRACTOR, "v9")]
    assert frames.agreement["organisations"].to_list() == [["Andes Rail", "Port Authority"]]
    assert frames.freight["origin"].to_list() == [["CHN", "KOR"]]
    assert frames.freight["claim_id"].to_list() == [claim_id("d", QUANTITY)]


def test_frames_without_claims_follow_the_contract() -> None:
    for family, frame in claim_frames([("d", Extraction((), ()))], "v9").by_family().items():
        assert frame.is_empty()
        assert frame.schema == polars_schema(CLAIM_TABLES[family])


MENTION = AcronymMention("IR", 11, 13, "Iron Road", 0, 9, "initials", "Iron Road (IR)", 0, 14)


def test_acronyms_follow_the_contract_and_have_ids_of_their_place() -> None:
    frame = acronym_frame([("d", Extraction((), (), (MENTION, replace(MENTION, evidence_end=15))))], "v9")
    assert frame.schema == polars_schema(ACRONYM_MENTIONS)
    assert frame.select("doc_id", "acronym", "expansion_end", "extractor_version").rows() == [("d", "IR", 9, "v9")] * 2
    assert frame["mention_id"].n_unique() == 2
    assert acronym_frame([("d", Extraction((), ()))], "v9").schema == polars_schema(ACRONYM_MENTIONS)


@given(st.permutations([replace(QUANTITY, confidence=confidence) for confidence in (0.2, 0.9, 0.5)]))
def test_of_repeats_the_surest_stays_whatever_the_order(claims: list[QuantityClaim]) -> None:
    frames = claim_frames([("d", Extraction(tuple(claims), ()))], "v9")
    assert frames.freight["confidence"].to_list() == [0.9]


def test_the_same_words_in_two_documents_are_two_claims() -> None:
    extraction = Extraction((QUANTITY,), ())
    assert claim_frames([("d", extraction), ("e", extraction)], "v9").freight.height == 2


def test_a_family_without_a_table_is_named() -> None:
    with pytest.raises(ValueError, match="document d: a quantity claim of the family 'weather'"):
        claim_frames([("d", Extraction((replace(QUANTITY, family="weather"),), ()))], "v9")


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError):
        claim_frames([("d", Extraction((replace(QUANTITY, mode=5),), ()))], "v9")  # type: ignore[arg-type]


def test_the_version_is_one_for_a_process_and_names_the_release() -> None:
    release, digest = extractor_version().split("+")
    assert release
    assert len(digest) == 12
    assert extractor_version() == extractor_version()


def test_the_digest_changes_with_names_and_contents_only(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    one, two = tmp_path / "here" / "one.py", tmp_path / "here" / "two.py"
    one.write_text("a = 1\n")
    two.write_text("b = 2\n")
    before = digest_of([one, two])
    assert digest_of([two, one]) == before
    assert digest_of([one]) != before
    two.write_text("b = 3\n")
    assert digest_of([one, two]) != before
    two.write_text("b = 2\n")
    assert digest_of([one, two]) == before
    assert digest_of([one, two.rename(two.with_name("six.py"))]) != before
