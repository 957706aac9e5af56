import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.conftest import Run
from pipeline.cli.layers import LineError, parse_line
from pipeline.contract.tables import CLAIM_TABLES

TEXT = "Kazakhstan exported wheat worth $1.2 billion to Uzbekistan in May 2024, up 12 percent."
FIELDS = {
    "names": ["start", "end", "text", "kind", "codes"],
    "quantities": ["start", "end", "text", "value_low", "value_high", "unit", "bound", "change"],
    "dates": ["start", "end", "text", "date_start", "date_end"],
}


def lines(*requests: object) -> str:
    return "".join(json.dumps(request) + "\n" for request in requests)


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.parametrize("layer", FIELDS)
def test_a_layer_gives_its_fields_in_order_and_the_text_at_its_offsets(run: Run, layer: str) -> None:
    result = run("extract", "--layer", layer, input=TEXT)
    assert result.exit_code == 0
    marks = json.loads(result.stdout)[layer]
    assert marks
    for mark in marks:
        assert list(mark) == FIELDS[layer]
        assert TEXT[mark["start"] : mark["end"]] == mark["text"]


def test_claims_are_rows_of_the_contract_with_their_family(run: Run) -> None:
    result = run("extract", input=TEXT)
    assert result.exit_code == 0
    claims = json.loads(result.stdout)["claims"]
    assert claims
    for claim in claims:
        assert list(claim) == ["family", *CLAIM_TABLES[claim["family"]].columns]
        assert TEXT[claim["evidence_start"] : claim["evidence_end"]] == claim["evidence"]


def test_a_file_is_decoded_as_a_refresh_would(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_bytes(b"\xff\xfe" + TEXT.encode("utf-16-le"))
    result = run("extract", tmp_path / "text.txt", "--layer", "dates")
    assert [mark["text"] for mark in json.loads(result.stdout)["dates"]] == ["May 2024"] or "May 2024" in result.stdout


def test_a_page_is_read_as_a_refresh_would_and_its_text_shown(run: Run, tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><head><title>Wheat</title></head><body><article><p>{TEXT}</p></article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    text = run("extract", tmp_path / "page.html", "--text").stdout
    assert text == f"Wheat\n\n{TEXT}"
    claims = json.loads(run("extract", tmp_path / "page.html").stdout)["claims"]
    assert claims
    for claim in claims:
        assert text[claim["evidence_start"] : claim["evidence_end"]] == claim["evidence"]
    assert run("extract", "-", "--text", input=page).stdout == text
    assert run("extract", "-", "--text", "--jsonl", input="{}").exit_code == 2


def test_a_damaged_file_is_a_failure_that_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7 cut off")
    result = run("extract", tmp_path / "cut.pdf")
    assert (result.exit_code, "damaged" in result.stderr) == (1, True)


def test_a_file_that_is_no_text_is_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    result = run("extract", tmp_path / "picture.txt")
    assert result.exit_code == 1
    assert "picture.txt is no text that can be read" in result.stderr


@pytest.mark.parametrize("layer", [*FIELDS, "claims"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_unreadable_as_it_is_to_a_refresh(run: Run, tmp_path: Path, layer: str, content: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(content)
    result = run("extract", "--layer", layer, tmp_path / "empty.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "empty.txt is no text that can be read: empty" in result.stderr


def test_a_file_in_another_encoding_is_told_to_be_saved_as_utf8(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_bytes("Экспорт пшеницы вырос на 12 процентов".encode("windows-1251"))
    result = run("extract", tmp_path / "text.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "encoding: " in result.stderr
    assert result.stderr.endswith("save it as UTF-8\n")


@pytest.mark.parametrize("layer", [*FIELDS, "claims"])
@pytest.mark.parametrize("text", ["", " \n", "\n\n\n"])
def test_empty_standard_input_is_unreadable_as_an_empty_file_is(run: Run, layer: str, text: str) -> None:
    result = run("extract", "--layer", layer, input=text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "standard input is no text that can be read: empty" in result.stderr


@pytest.mark.parametrize("layer", [*FIELDS, "claims"])
def test_what_was_read_of_the_text_as_a_whole_is_told(run: Run, layer: str) -> None:
    text = f"Wheat sales rise\n\nZENDA, 12 March 2025 (Elbe Bulletin) - {TEXT}\n"
    result = run("extract", "--layer", layer, input=text)
    told = {"title": "Wheat sales rise", "publisher": "Elbe Bulletin", "published_on": "2025-03-12", "language": "en"}
    assert json.loads(result.stdout)["document"] == told
    assert "Note: read as" not in result.stderr
    assert "no date of publication" not in result.stderr


def test_a_text_without_a_day_of_publication_is_told_how_to_get_one(run: Run) -> None:
    told = "Note: no date of publication is known: relative dates stay open; --published DATE tells it\n"
    assert run("extract", input=TEXT).stderr == told
    assert run("extract", "--layer", "dates", input=TEXT).stderr == told
    assert run("extract", "--layer", "names", input=TEXT).stderr == ""
    dated = run("extract", "--published", "2025-03-12", input=TEXT)
    assert (dated.stderr, json.loads(dated.stdout)["document"]["published_on"]) == ("", "2025-03-12")


def test_a_language_in_which_no_claims_are_looked_for_is_told(run: Run) -> None:
    text = "Экспорт казахстанской пшеницы в Узбекистан в прошлом году вырос на двенадцать процентов, сообщило министерство.\n"
    result = run("extract", input=text)
    assert (result.exit_code, json.loads(result.stdout)["claims"]) == (0, [])
    assert json.loads(result.stdout)["document"]["language"] == "ru"
    assert result.stderr == "Note: read as Russian: claims are looked for in English alone\n"


def test_the_day_of_publication_resolves_relative_dates(run: Run) -> None:
    result = run("extract", "--layer", "dates", "--published", "2024-05-15", input="Trade fell last year.")
    assert '"date_start": "2023-01-01"' in result.stdout
    of_lines = run(
        "extract",
        "--jsonl",
        "--layer",
        "dates",
        input=lines(
            {"id": 1, "text": "Trade fell last year.", "published_on": "2020-02-02"},
            {"id": 2, "text": "Trade fell last year."},
        ),
    )
    first, second = answers(of_lines.stdout)
    assert first["dates"][0]["date_start"] == "2019-01-01"
    assert second["dates"][0]["date_start"] is None


@pytest.mark.parametrize("layer", [*FIELDS, "claims"])
def test_every_line_gets_its_answer_in_order(run: Run, layer: str) -> None:
    requests = [{"id": number, "text": f"{TEXT} {number % 3}"} for number in range(20)]
    result = run("extract", "--jsonl", "--layer", layer, input=lines(*requests))
    assert result.exit_code == 0
    found = answers(result.stdout)
    assert [answer["id"] for answer in found] == list(range(20))
    assert all(list(answer) == ["id", layer] for answer in found)
    assert found[0][layer] == found[3][layer]


def test_the_same_text_with_two_dates_is_two_texts(run: Run) -> None:
    text = "Kazakhstan's exports reached $5 billion last year."
    requests = [{"id": day, "text": text, "published_on": day} for day in ("2020-02-02", "2024-02-02", "2020-02-02")]
    first, second, third = answers(run("extract", "--jsonl", input=lines(*requests)).stdout)
    assert first["claims"] == third["claims"]
    assert [claim["period_start"] for claim in first["claims"]] == ["2019-01-01"]
    assert [claim["period_start"] for claim in second["claims"]] == ["2023-01-01"]


@pytest.mark.parametrize("stop", [".", ""])
def test_the_brackets_of_an_agency_close_a_dateline(run: Run, stop: str) -> None:
    text = "Kazakhstan's exports to Georgia rose 5 percent last year to $120 million."
    claims = json.loads(run("extract", input=f"BAKU, 3 July 2025{stop} (Caspian Bulletin) {text}").stdout)["claims"]
    assert claims
    assert {claim["evidence"] for claim in claims} == {text}
    assert {claim["period_start"] for claim in claims if claim["value_text"] == "$120 million"} == {"2024-01-01"}


def test_faulty_lines_are_named_and_the_others_answered(run: Run) -> None:
    faulty = [
        "nonsense",
        "[1]",
        '{"id": 1}',
        '{"text": "x"}',
        '{"id": 1, "text": "x", "published_on": "soon"}',
        '{"id": 1, "text": "\\ud800"}',
    ]
    text = "\n".join([*faulty, '{"id": "last", "text": "In May 2024."}', "", ""])
    result = run("extract", "--jsonl", "--layer", "dates", input=text)
    assert result.exit_code == 1
    assert [answer["id"] for answer in answers(result.stdout)] == ["last"]
    told = result.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in told[:-1]] == [f"line {number}" for number in range(1, len(faulty) + 1)]
    assert told[-1] == f"Error: {len(faulty)} lines could not be read; the others were"


def test_a_text_that_breaks_the_finder_is_named_and_the_others_answered(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(text: str, published_on: date | None) -> list[object]:
        if text == "bad":
            raise ZeroDivisionError("division by zero")
        return []

    monkeypatch.setattr("pipeline.language.dates.find_dates", find)
    result = run("extract", "--jsonl", "--layer", "dates", input=lines({"id": 1, "text": "bad"}, {"id": 2, "text": "good"}))
    assert result.exit_code == 1
    assert [answer["id"] for answer in answers(result.stdout)] == [2]
    assert "line 1, id 1: division by zero" in result.stderr


def test_output_is_safe_for_a_terminal(run: Run) -> None:
    result = run("extract", "--jsonl", "--layer", "names", input=lines({"id": "\x9b31m\x1b[0m\u202e", "text": "Kazakhstan"}))
    assert not set(result.stdout) & {"\x9b", "\x1b", "\u202e"}
    assert answers(result.stdout)[0]["id"] == "\x9b31m\x1b[0m\u202e"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_line_is_a_request_or_told_why_not(line: bytes) -> None:
    with suppress(LineError):
        assert len(parse_line(line, 1, None)) <= 1


@given(st.text(), st.dates())
def test_a_good_line_is_read_back(text: str, day: date) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        return
    line = json.dumps({"id": 7, "text": text, "published_on": day.isoformat(), "other": [1]}).encode()
    (request,) = parse_line(line, 3, None)
    assert (request.line, request.id, request.text, request.published_on) == (3, 7, text, day)
