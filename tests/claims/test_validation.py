"""Validation: each rule fires and stays silent, rows are split, nothing is lost. Batches that cannot be judged raise."""

import math
from dataclasses import fields, replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.claim import AgreementClaim, Extraction, QuantityClaim
from pipeline.claims.frames import ClaimFrames, claim_frames
from pipeline.claims.judging import judged_claims
from pipeline.claims.rules import rules
from pipeline.claims.validation import (
    ClaimKeyError,
    ClaimShapeError,
    LostClaimError,
    UnknownDocumentError,
    Validated,
    require_nothing_lost,
    validate_claims,
)
from pipeline.documents.reading import read_text

TEXT = (
    "🚂 In 2023 Georgia's railway hauled 9.3 million tons of ore, the\nministry of\tmines said. "
    "Brazil sold coffee worth $4 billion to Japan. "
    "Norway and Chile signed a fisheries protocol in Oslo."
)
PUBLISHED = date(2024, 3, 1)
DOCUMENTS = pl.DataFrame(
    [("d1", TEXT, PUBLISHED)],
    schema={"doc_id": pl.String, "text": pl.String, "published_on": pl.Date},
    orient="row",
)


def spot(quote: str) -> tuple[int, int]:
    start = TEXT.index(quote)
    return start, start + len(quote)


def quantity(evidence: str, value: str | None, **changes: Any) -> QuantityClaim:
    start, end = spot(evidence)
    value_start, value_end = spot(value) if value else (None, None)
    claim = QuantityClaim(
        family="freight",
        indicator="cargo",
        measure="level",
        value_low=9.3e6,
        value_high=9.3e6,
        bound="exact",
        unit="t",
        value_text=value,
        reporter=("GEO",),
        partner=(),
        origin=(),
        destination=(),
        corridor=None,
        mode="rail",
        commodity="metals",
        period_start=date(2023, 1, 1),
        period_end=date(2023, 12, 31),
        modality="reported",
        attributed_to="ministry of mines",
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
        value_start=value_start,
        value_end=value_end,
        confidence=0.8,
    )
    return replace(claim, **changes)


CARGO = quantity("In 2023 Georgia's railway hauled 9.3 million tons of ore, the\nministry of\tmines said.", "9.3 million tons")
SALE = quantity(
    "Brazil sold coffee worth $4 billion to Japan.",
    "$4 billion",
    **{"family": "trade", "indicator": "exports", "value_low": 4e9, "value_high": 4e9, "unit": "USD", "reporter": ("BRA",)},
    **{"partner": ("JPN",), "mode": None, "commodity": "coffee", "attributed_to": None},
)
NO_VALUE: dict[str, Any] = {
    **{"value_low": None, "value_high": None, "bound": None, "unit": None, "value_text": None},
    **{"value_start": None, "value_end": None},
}
EVENT = replace(CARGO, indicator="infrastructure", measure="event", **NO_VALUE)
AGREEMENT = AgreementClaim(
    name=None,
    form="protocol",
    subject="agriculture",
    status="signed",
    modality="reported",
    parties=("CHL", "NOR"),
    organisations=(),
    date_start=None,
    date_end=date(2024, 3, 1),
    place="Oslo",
    attributed_to=None,
    evidence="Norway and Chile signed a fisheries protocol in Oslo.",
    evidence_start=spot("Norway")[0],
    evidence_end=len(TEXT),
    confidence=0.9,
)
PERCENT = {"unit": "%", "value_low": 5.0, "value_high": 5.0}
Claim = QuantityClaim | AgreementClaim


def extraction(*claims: Claim) -> Extraction:
    quantities = tuple(claim for claim in claims if isinstance(claim, QuantityClaim))
    return Extraction(quantities, tuple(claim for claim in claims if isinstance(claim, AgreementClaim)))


def frames(*claims: Claim, doc_id: str = "d1") -> ClaimFrames:
    return claim_frames([(doc_id, extraction(*claims))], "v1")


def reasons(*claims: Claim, published: date | None = PUBLISHED) -> list[list[str]]:
    """The reasons for each claim, judged in one batch, each in a document of its own."""
    doc_ids = [f"case{n}" for n in range(len(claims))]
    emitted = claim_frames([(doc_id, extraction(claim)) for doc_id, claim in zip(doc_ids, claims, strict=True)], "v1")
    rows = [(doc_id, TEXT, published) for doc_id in doc_ids]
    rejected = validate_claims(emitted, pl.DataFrame(rows, schema=DOCUMENTS.schema, orient="row"), "r1").rejected
    found: dict[str, list[str]] = dict(rejected.select("doc_id", "reasons").iter_rows())
    return [found.get(doc_id, []) for doc_id in doc_ids]


def test_sound_claims_are_accepted() -> None:
    assert reasons(CARGO, SALE, EVENT, AGREEMENT) == [[], [], [], []]


Case = tuple[str, Claim, dict[str, Any]]


def names(cases: list[Case]) -> list[str]:
    return [f"{reason}-{n}" for n, (reason, _, _) in enumerate(cases)]


FIRES: list[Case] = [
    ("evidence_not_in_text", CARGO, {"evidence_start": CARGO.evidence_start - 1}),
    ("evidence_not_in_text", CARGO, {"evidence": CARGO.evidence.upper()}),
    ("evidence_not_in_text", AGREEMENT, {"evidence_end": AGREEMENT.evidence_end - 1}),
    ("evidence_not_in_text", AGREEMENT, {"evidence_end": AGREEMENT.evidence_end + 1, "evidence": AGREEMENT.evidence + " "}),
    ("evidence_empty", EVENT, {"evidence": " ", "evidence_start": 1, "evidence_end": 2}),
    ("value_not_in_text", CARGO, {"value_text": "9.4 million tons"}),
    ("value_not_in_text", CARGO, {"value_start": CARGO.value_start, "value_end": (CARGO.value_end or 0) + 1}),
    (
        "value_not_in_evidence",
        CARGO,
        {"value_text": "$4 billion", "value_start": spot("$4")[0], "value_end": spot("4 billion")[1]},
    ),
    ("attributed_to_not_in_text", CARGO, {"attributed_to": "the minister of ore"}),
    ("attributed_to_not_in_text", AGREEMENT, {"attributed_to": ""}),
    ("low_above_high", CARGO, {"value_low": 9.4e6}),
    ("value_not_finite", CARGO, {"value_high": float("inf")}),
    ("value_not_finite", CARGO, {"value_low": float("nan")}),
    ("share_out_of_range", CARGO, {"measure": "share", "unit": "%", "value_low": 101.0, "value_high": 101.0}),
    ("share_out_of_range", CARGO, {"measure": "share", "unit": "%", "value_low": -1.0, "value_high": 5.0}),
    ("negative_value", CARGO, {"value_low": -1.0}),
    ("negative_value", CARGO, {"measure": "multiple", "unit": "x", "value_low": -2.0, "value_high": 2.0}),
    ("growth_below_floor", CARGO, {"measure": "growth", "unit": "%", "value_low": -140.0, "value_high": -140.0}),
    ("implausible_value", CARGO, {"value_high": 9e15}),
    ("implausible_value", SALE, {"indicator": "balance", "value_low": -4e30}),
    ("unit_unfit_for_indicator", CARGO, {"unit": "USD"}),
    ("unit_unfit_for_indicator", SALE, {"unit": "km"}),
    ("unit_unfit_for_indicator", CARGO, {"measure": "growth"}),
    ("unit_unfit_for_indicator", CARGO, {"unit": "%"}),
    ("unit_unfit_for_indicator", CARGO, {"measure": "multiple"}),
    ("range_too_wide", CARGO, {"value_low": 9.0}),
    ("range_too_wide", CARGO, {"measure": "change", "value_low": -9.3e6, "value_high": -9.0}),
    ("tariff_in_goods", SALE, {"indicator": "tariff", "unit": "t"}),
    ("tariff_in_goods", SALE, {"indicator": "tariff", "unit": "t/yr"}),
    ("period_reversed", CARGO, {"period_end": date(2022, 12, 31)}),
    ("date_reversed", AGREEMENT, {"date_start": date(2024, 3, 2)}),
    ("period_out_of_range", CARGO, {"period_start": date(23, 1, 1)}),
    ("date_out_of_range", AGREEMENT, {"date_end": date(9024, 3, 1)}),
    ("reported_in_future", CARGO, {"period_start": date(2024, 3, 2), "period_end": None}),
    ("reported_in_future", AGREEMENT, {"date_start": date(2025, 1, 1), "date_end": None}),
    ("event_with_value", EVENT, {"value_low": 1.0}),
    ("event_with_value", EVENT, {"bound": "exact"}),
    ("value_missing", CARGO, {"bound": None}),
    ("value_missing", CARGO, {"value_high": None}),
    ("value_missing", CARGO, {"value_text": None, "value_start": None, "value_end": None}),
    ("measure_unfit_for_indicator", EVENT, {"indicator": "cargo"}),
    ("measure_unfit_for_indicator", CARGO, {"indicator": "disruption"}),
    ("same_country_both_sides", SALE, {"partner": ("BRA",)}),
    ("same_country_both_sides", SALE, {"partner": ("BRA", "JPN")}),
    ("same_country_both_sides", SALE, {"indicator": "financing", "partner": ("BRA",)}),
    ("unknown_code:indicator", CARGO, {"indicator": "exports"}),
    ("unknown_code:measure", CARGO, {"measure": "amount"}),
    ("unknown_code:bound", CARGO, {"bound": "roughly"}),
    ("unknown_code:unit", CARGO, {"unit": "tons"}),
    ("unknown_code:reporter", CARGO, {"reporter": ("GE",)}),
    ("unknown_code:destination", CARGO, {"destination": ("GEO", "Tbilisi")}),
    ("unknown_code:corridor", CARGO, {"corridor": "Amber Road"}),
    ("unknown_code:mode", CARGO, {"mode": "railway"}),
    ("unknown_code:commodity", CARGO, {"commodity": "ore"}),
    ("unknown_code:modality", CARGO, {"modality": "fact"}),
    ("unknown_code:form", AGREEMENT, {"form": "paper"}),
    ("unknown_code:subject", AGREEMENT, {"subject": "fish"}),
    ("unknown_code:status", AGREEMENT, {"status": "done"}),
    ("unknown_code:parties", AGREEMENT, {"parties": ("NORWAY",)}),
    ("blank_item:organisations", AGREEMENT, {"organisations": (" ",)}),
    ("out_of_range:confidence", CARGO, {"confidence": 1.01}),
    ("out_of_range:confidence", AGREEMENT, {"confidence": -0.1}),
    ("out_of_range:evidence_start", CARGO, {"evidence_start": -5}),
    ("not_null:modality", CARGO, {"modality": None}),
    ("not_null:evidence", AGREEMENT, {"evidence": None}),
    ("not_null:evidence_start", CARGO, {"evidence_start": None}),
    ("not_null:confidence", CARGO, {"confidence": None}),
]


@pytest.fixture(scope="module")
def fired() -> list[list[str]]:
    return reasons(*(replace(claim, **changes) for _, claim, changes in FIRES))


@pytest.mark.parametrize("case", range(len(FIRES)), ids=names(FIRES))
def test_a_rule_fires(case: int, fired: list[list[str]]) -> None:
    assert FIRES[case][0] in fired[case]


SILENT: list[Case] = [
    (
        "value_not_in_evidence",
        CARGO,
        {"evidence": "9.3 million tons", "evidence_start": CARGO.value_start, "evidence_end": CARGO.value_end},
    ),
    ("attributed_to_not_in_text", CARGO, {"attributed_to": None}),
    ("attributed_to_not_in_text", CARGO, {"attributed_to": "the\nministry of\tmines"}),
    ("low_above_high", CARGO, {"value_high": 9.9e6}),
    ("share_out_of_range", CARGO, {"measure": "share", "unit": "%", "value_low": 0.0, "value_high": 100.0}),
    (
        "share_out_of_range",
        SALE,
        {"indicator": "balance", "measure": "share", "unit": "%", "value_low": -4.0, "value_high": -4.0},
    ),
    ("negative_value", SALE, {"indicator": "balance", "value_low": -4e9, "value_high": -4e9}),
    ("negative_value", CARGO, {"measure": "change", "value_low": -9.3e6, "value_high": -9.3e6}),
    ("growth_below_floor", CARGO, {"measure": "growth", "unit": "%", "value_low": -100.0, "value_high": -100.0}),
    (
        "growth_below_floor",
        SALE,
        {"indicator": "balance", "measure": "growth", "unit": "%", "value_low": -140.0, "value_high": -140.0},
    ),
    ("implausible_value", SALE, {"value_low": 3.3e13, "value_high": 3.3e13}),
    ("unit_unfit_for_indicator", CARGO, {"unit": "bbl/d"}),
    ("unit_unfit_for_indicator", CARGO, {"measure": "change", **PERCENT}),
    ("unit_unfit_for_indicator", SALE, {"indicator": "tariff", **PERCENT}),
    ("unit_unfit_for_indicator", CARGO, {"indicator": "freight_rate", "unit": "USD/FEU"}),
    ("unit_unfit_for_indicator", CARGO, {"indicator": "transit_time", "unit": "d", "value_low": 8.0, "value_high": 10.0}),
    ("range_too_wide", CARGO, {"value_low": 9.3e4}),
    ("range_too_wide", CARGO, {"value_low": 0.0}),
    ("tariff_in_goods", SALE, {"indicator": "tariff", "unit": "t", "bound": "under"}),
    ("tariff_in_goods", SALE, {"indicator": "tariff", "unit": "USD/t"}),
    ("period_reversed", CARGO, {"period_start": date(2023, 12, 31)}),
    ("period_reversed", CARGO, {"period_start": None, "period_end": date(2023, 12, 31)}),
    ("period_out_of_range", CARGO, {"period_start": None, "period_end": None}),
    ("reported_in_future", CARGO, {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}),
    ("reported_in_future", CARGO, {"period_start": date(2025, 1, 1), "period_end": None, "modality": "forecast"}),
    ("same_country_both_sides", SALE, {"reporter": ("EU",), "partner": ("EU",)}),
    ("same_country_both_sides", SALE, {"reporter": ("BRA", "JPN"), "partner": ("BRA", "JPN")}),
    ("same_country_both_sides", SALE, {"indicator": "tariff", **PERCENT, "partner": ("BRA",)}),
    ("same_country_both_sides", SALE, {"indicator": "investment", "partner": ("BRA",)}),
    ("same_country_both_sides", SALE, {"indicator": "financing", "partner": ("BRA", "JPN")}),
    ("unknown_code:corridor", CARGO, {"corridor": "amber road"}),
    ("out_of_range:confidence", CARGO, {"confidence": 1.0}),
]


@pytest.fixture(scope="module")
def stayed_silent() -> list[list[str]]:
    return reasons(*(replace(claim, **changes) for _, claim, changes in SILENT))


@pytest.mark.parametrize("case", range(len(SILENT)), ids=names(SILENT))
def test_a_rule_stays_silent(case: int, stayed_silent: list[list[str]]) -> None:
    assert stayed_silent[case] == []


def test_a_date_is_not_in_the_future_when_nothing_says_when_the_text_appeared() -> None:
    assert reasons(replace(CARGO, period_start=date(2030, 1, 1), period_end=None), published=None) == [[]]


@pytest.mark.parametrize("family", ["trade", "freight", "agreement"])
def test_every_rule_has_a_claim_on_which_it_fires(family: str) -> None:
    assert {rule.reason for rule in rules(family)} <= {reason for reason, _, _ in FIRES}


@pytest.mark.parametrize(
    ("column", "values"), [("reporter", ["RUS", "GEO"]), ("reporter", ["GEO", "GEO"]), ("partner", ["GEO", None])]
)
def test_lists_out_of_order_or_with_repeats_are_rejected(column: str, values: list[str | None]) -> None:
    emitted = frames(CARGO)
    changed = emitted.freight.with_columns(pl.Series(column, [values], dtype=pl.List(pl.String)))
    found = validate_claims(replace(emitted, freight=changed), DOCUMENTS, "r1").rejected["reasons"].to_list()
    assert any(reason in (f"list_not_sorted:{column}", f"blank_item:{column}") for reason in found[0])


def test_a_row_tells_all_its_reasons_and_keeps_all_it_said() -> None:
    bad = replace(CARGO, mode="railway", value_low=-5.0, corridor="Amber Road")
    rejected = validate_claims(frames(bad, SALE), DOCUMENTS, "r7").rejected
    assert rejected.height == 1
    row = rejected.row(0, named=True)
    assert row["reasons"] == ["negative_value", "unknown_code:corridor", "unknown_code:mode"]
    assert (row["family"], row["doc_id"], row["refresh_id"]) == ("freight", "d1", "r7")
    said = pl.Series([row["claim"]]).str.json_decode(frames(CARGO).freight.to_struct().dtype).struct.unnest()
    assert said.equals(frames(bad).freight)
    assert said["claim_id"][0] == row["claim_id"]


def test_the_order_of_what_is_accepted_is_kept() -> None:
    claims = [replace(CARGO, value_high=9.3e6 + n, confidence=2.0 if n % 3 == 0 else 0.5) for n in range(30)]
    emitted = frames(*claims)
    accepted = validate_claims(emitted, DOCUMENTS, "r1").accepted.freight
    assert accepted.equals(emitted.freight.filter(pl.col("confidence") <= 1))


def test_nothing_in_nothing_out() -> None:
    result = validate_claims(frames(), DOCUMENTS, "r1")
    assert result.rejected.is_empty()
    assert all(frame.is_empty() for frame in result.accepted.by_family().values())


def test_a_claim_without_a_key_fails_the_batch() -> None:
    emitted = frames(CARGO, SALE)
    for column in ("claim_id", "doc_id"):
        blank = emitted.freight.with_columns(pl.lit(None, pl.String).alias(column))
        with pytest.raises(ClaimKeyError, match=f"1 rows without a {column}"):
            validate_claims(replace(emitted, freight=blank), DOCUMENTS, "r1")


def test_two_claims_with_one_key_fail_the_batch() -> None:
    emitted = frames(CARGO)
    with pytest.raises(ClaimKeyError, match="2 rows share a claim_id"):
        validate_claims(replace(emitted, freight=pl.concat([emitted.freight, emitted.freight])), DOCUMENTS, "r1")


def test_a_claim_of_a_document_not_given_fails_the_batch() -> None:
    with pytest.raises(UnknownDocumentError, match="the first is d9"):
        validate_claims(frames(CARGO, doc_id="d9"), DOCUMENTS, "r1")


def test_a_frame_of_another_shape_fails_the_batch() -> None:
    emitted = frames(CARGO)
    for changed in (emitted.freight.drop("mode"), emitted.freight.with_columns(value_low=pl.lit("9"))):
        with pytest.raises(ClaimShapeError, match="columns of the contract"):
            validate_claims(replace(emitted, freight=changed), DOCUMENTS, "r1")


def test_a_lost_claim_is_noticed() -> None:
    emitted = frames(CARGO, SALE)
    result = validate_claims(emitted, DOCUMENTS, "r1")
    require_nothing_lost(emitted, result)
    without = Validated(replace(result.accepted, freight=result.accepted.freight.clear()), result.rejected)
    with pytest.raises(LostClaimError, match="document d1: 1 emitted, 0 accepted or rejected"):
        require_nothing_lost(emitted, without)
    with pytest.raises(LostClaimError, match="trade claims of document d1: 0 emitted, 1"):
        require_nothing_lost(replace(emitted, trade=emitted.trade.clear()), result)


def one_by_one(*claims: Claim) -> dict[str, Any]:
    """What judging each claim of the document by itself says: rows of those accepted, reasons of the others, by id."""
    document = replace(read_text(TEXT, PUBLISHED), doc_id="d1")
    judged = judged_claims(document, extraction(*claims), "v1")
    return {claim.row["claim_id"]: claim.reasons or claim.row for claim in judged}


def in_a_batch(result: Validated) -> dict[str, Any]:
    accepted = {row["claim_id"]: row for frame in result.accepted.by_family().values() for row in frame.iter_rows(named=True)}
    return accepted | dict(result.rejected.select("claim_id", "reasons").iter_rows())


def test_a_claim_alone_is_judged_as_it_is_in_a_batch() -> None:
    claims = [replace(claim, **changes) for _, claim, changes in (*FIRES, *SILENT)]
    claims.append(replace(CARGO, value_low=9_000_000, value_high=9_000_000, reporter=("GEO", "AZE", "GEO")))
    assert one_by_one(*claims) == in_a_batch(validate_claims(frames(*claims), DOCUMENTS, "r1"))


@pytest.mark.parametrize("name", ["confidence", "value_low", "value_high"])
def test_what_is_no_number_is_told_alike_in_a_row_and_in_a_batch(name: str) -> None:
    claim = replace(CARGO, **{name: math.nan})
    alone = one_by_one(claim)
    assert alone == in_a_batch(validate_claims(frames(claim), DOCUMENTS, "r1"))
    assert all(isinstance(reasons, list) for reasons in alone.values())


def test_a_value_of_another_type_is_refused_in_a_row_too() -> None:
    with pytest.raises(TypeError, match="mode is to hold text, not 5"):
        one_by_one(replace(CARGO, mode=5))  # type: ignore[arg-type]


@st.composite
def odd_claims(draw: st.DrawFn) -> QuantityClaim:
    """A claim with a few fields changed to anything of their type."""
    anything: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("value_low", "value_high", "confidence"), st.floats() | st.none()),
        **dict.fromkeys(("evidence_start", "evidence_end", "value_start", "value_end"), st.integers(-9, 300) | st.none()),
        **dict.fromkeys(("period_start", "period_end"), st.dates() | st.none()),
        **dict.fromkeys(("reporter", "partner", "origin", "destination"), st.lists(st.text(max_size=3), max_size=3).map(tuple)),
    }
    columns = [field.name for field in fields(QuantityClaim) if field.name != "family"]
    chosen = draw(st.lists(st.sampled_from(columns), max_size=4, unique=True))
    return replace(CARGO, **{name: draw(anything.get(name, st.text(max_size=12) | st.none())) for name in chosen})


@settings(max_examples=20, deadline=None)
@given(st.lists(odd_claims(), max_size=12))
def test_whatever_is_emitted_is_accepted_or_rejected_with_a_reason(claims: list[QuantityClaim]) -> None:
    emitted = frames(*claims)
    result = validate_claims(emitted, DOCUMENTS, "r1")
    ids = [*result.accepted.freight["claim_id"], *result.rejected["claim_id"]]
    assert sorted(ids) == sorted(emitted.freight["claim_id"])
    assert one_by_one(*claims) == in_a_batch(result)
    assert all(reasons == sorted(set(reasons)) and reasons for reasons in result.rejected["reasons"].to_list())
    for row in result.accepted.freight.iter_rows(named=True):
        assert TEXT[row["evidence_start"] : row["evidence_end"]] == row["evidence"]
