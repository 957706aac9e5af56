"""`corridor search` on a published file."""

import csv
import json
from pathlib import Path

import pytest

from cli.conftest import Run
from pipeline.warehouse import full_text


def test_a_find_shows_the_claim_where_it_stands_and_its_words(run: Run, published: Path) -> None:
    result = run("search", "wheat", "Uzbekistan", "--warehouse", published)
    assert result.exit_code == 0
    first, source, sentence, *_, last = result.stdout.splitlines()
    claim_id = first.split()[1]
    assert first.endswith("exports of wheat KAZ to UZB: 1,200,000,000 USD, 2024")
    assert "2025-03-04, Wheat sales rise" in source
    assert "⟦wheat⟧ worth $1.2 billion to ⟦Uzbekistan⟧" in sentence
    assert last == (
        "1 of 1 sentence found by a word or name of these; "
        f"corridor explain CLAIM_ID --warehouse {published} shows a claim in its text"
    )
    assert run("explain", claim_id, "--warehouse", published).exit_code == 0


def test_words_may_be_one_argument_or_several(run: Run, published: Path) -> None:
    assert run("search", "wheat Uzbekistan", "--warehouse", published).stdout == (
        run("search", "wheat", "Uzbekistan", "--warehouse", published).stdout
    )


def test_filters_narrow(run: Run, published: Path) -> None:
    def found(*options: str) -> list[str]:
        result = run("search", "cargo wheat", *options, "--format", "json", "--warehouse", published)
        assert result.exit_code == 0, result.output
        return sorted(row["family"] for row in json.loads(result.stdout))

    assert found() == ["freight", "trade"]
    assert found("--family", "freight") == ["freight"]
    assert found("--country", "Kazakhstan", "--country", "UZB") == ["trade"]
    assert found("--period", "2024", "--modality", "reported", "--indicator", "cargo") == ["freight"]
    assert found("--period", "2019") == []


@pytest.mark.parametrize("format_name", ["table", "csv", "markdown"])
def test_finds_are_written_as_rows(run: Run, published: Path, format_name: str) -> None:
    result = run("search", "wheat", "--format", format_name, "--warehouse", published)
    assert "exports of wheat KAZ to UZB" in result.stdout
    if format_name == "csv":
        (row,) = csv.DictReader(result.stdout.splitlines())
        assert row["evidence"].startswith("Kazakhstan exported wheat worth")


def test_finding_nothing_says_what_was_searched(run: Run, published: Path) -> None:
    result = run("search", "zeppelin", "--warehouse", published)
    assert (result.exit_code, result.stdout) == (
        0,
        "Nothing found: no word or name of 'zeppelin' is in the 2 sentences that carry claims, of 2 documents\n",
    )
    filtered = run("search", "wheat", "--period", "2019", "--warehouse", published)
    assert "1 sentence holds a word or name of 'wheat', but no claim passes the filters" in filtered.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["wheat", "--country", "Atlantis"], "'Atlantis' is no country or bloc that is known"),
        (["wheat", "--modality", "rumour"], "is not a modality; there are "),
        (["wheat", "--indicator", "wheat"], "'wheat' is not an indicator; there are turnover, "),
        (["wheat", "--indicator", "wheat"], ", route_opening, shipment, "),
        (["wheat", "--period", "soon"], "'soon' is no period"),
        (["..."], "no word to search for"),
        ([], "Missing argument"),
    ],
)
def test_wrong_use_is_told_in_a_line(run: Run, published: Path, arguments: list[str], told: str) -> None:
    result = run("search", *arguments, "--warehouse", published)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Kazakstan", "Note: 'Kazakstan' is read as Kazakhstan\n"),
        ("kazakhstan", ""),
        ("kaz", ""),
    ],
)
def test_a_country_that_is_called_otherwise_is_told(run: Run, published: Path, name: str, told: str) -> None:
    result = run("search", "wheat", "--country", name, "--warehouse", published)
    assert (result.exit_code, result.stderr) == (0, told)
    assert "Nothing found" not in result.stdout


def test_without_the_extension_the_way_to_it_is_told(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_text, "_PACKAGE", "no_such_package")
    result = run("search", "wheat", "--warehouse", published)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "search needs DuckDB's full-text extension; install duckdb-extension-fts==" in result.stderr


def test_sql_cannot_load_the_extension(run: Run, published: Path) -> None:
    for statement in ("LOAD fts", "SELECT stem('exports', 'english')"):
        assert run("sql", statement, "--warehouse", published).exit_code == 2


@pytest.mark.parametrize("limit", [0, 1_001])
def test_a_limit_that_is_none_says_which_there_are(run: Run, published: Path, limit: int) -> None:
    result = run("search", "wheat", "--limit", limit, "--warehouse", published)
    assert result.exit_code == 2
    assert f"{limit} is not in the range 1<=x<=1000" in result.stderr
