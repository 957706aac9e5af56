"""What is told of each country: a claim counts once for it, in however many parts it names it."""

from tests.analysis.made import agreement, answers, document, number


def test_a_claim_has_a_row_for_each_part_and_counts_once() -> None:
    database = answers(
        [document("a"), document("b")],
        number("a", "exports", 5, reporter=["KAZ"], partner=["CHN"], origin=["KAZ"]),
        number("b", "cargo", 5, reporter=["KAZ"]),
        agreement("b", "signed", ["ARM", "KAZ"]),
    )
    parts = database.sql("SELECT country, part, claim_id FROM claims_by_country ORDER BY ALL").fetchall()
    assert parts == [
        ("ARM", "party", "c3"),
        ("CHN", "partner", "c1"),
        ("KAZ", "origin", "c1"),
        ("KAZ", "party", "c3"),
        ("KAZ", "reporter", "c1"),
        ("KAZ", "reporter", "c2"),
    ]
    coverage = database.sql(
        "SELECT country, country_name, claims, trade_claims, freight_claims, agreement_claims, documents FROM country_coverage"
    )
    assert sorted(coverage.fetchall()) == [
        ("ARM", "Armenia", 1, 0, 0, 1, 1),
        ("CHN", "China", 1, 1, 0, 0, 1),
        ("KAZ", "Kazakhstan", 3, 1, 1, 1, 2),
    ]


def test_what_repeats_another_document_counts_for_none() -> None:
    database = answers(
        [document("a"), document("b", duplicate_of="a"), document("c", superseded_by="a")],
        *(number(name, "exports", 5, reporter=["KAZ"]) for name in "abc"),
    )
    assert database.sql("SELECT claim_id FROM claims_by_country").fetchall() == [("c1",)]
    assert database.sql("SELECT country, claims, documents FROM country_coverage").fetchall() == [("KAZ", 1, 1)]
