"""Annotated texts are read strictly: what is wrong is told with file and field."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.made import AGREEMENT, EVENT, METADATA, QUANTITY, QUOTE, SIGNED, TEXT, annotation, write
from pipeline.evaluation.errors import GoldError, GoldFolderError
from pipeline.evaluation.evaluation import ALL_FOLDERS
from pipeline.evaluation.gold import gold_folders, read_gold
from pipeline.evaluation.shapes import Agreement, Period, Quantity

PROJECT = Path(__file__).resolve().parents[2]


def test_a_text_is_read_with_all_that_is_marked_in_it(tmp_path: Path) -> None:
    write(tmp_path / "news", events=[EVENT], ignore=[QUOTE])
    (text,) = read_gold([tmp_path / "news"])
    assert (text.folder, text.name, text.content.decode(), text.left_out) == ("news", "wheat.txt", TEXT, None)
    assert text.metadata == METADATA
    assert text.debatable == (QUOTE,)
    (sold,), (signed,), (allowed,) = text.claims.values()
    assert isinstance(sold, Quantity)
    assert (sold.low, sold.unit, sold.reporter, sold.passages) == (1.2e9, "USD", {"KAZ"}, (QUOTE,))
    assert sold.period == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert isinstance(signed, Agreement)
    assert signed.parties == {"KAZ", "UZB"}
    assert allowed.passage == SIGNED


def test_kinds_of_which_nothing_is_marked_may_be_left_out(tmp_path: Path) -> None:
    bare = {"doc": "wheat.txt", "metadata": METADATA, "ignore": []}
    write(tmp_path).write_text(json.dumps(bare), encoding="utf-8")
    (text,) = read_gold([tmp_path])
    assert set(text.claims.values()) == {()}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"quantities": [{**QUANTITY, "unit": "tonne"}]}, r"quantities\[0\]\.unit: 'tonne' is no unit"),
        ({"quantities": [QUANTITY, {**QUANTITY, "indicator": "cargo"}]}, r"quantities\[1\]\.indicator: 'cargo' is no code"),
        ({"quantities": [{**QUANTITY, "family": "agreement"}]}, r"quantities\[0\]\.family: "),
        ({"quantities": [{**QUANTITY, "measure": "event"}]}, r"quantities\[0\]\.measure: 'event' is no code"),
        ({"quantities": [{**QUANTITY, "partner": ["Uzbekistan"]}]}, r"partner: 'Uzbekistan' is no code of a country"),
        ({"quantities": [{**QUANTITY, "partner": None}]}, r"partner: must be a list of texts"),
        ({"quantities": [{**QUANTITY, "low": "1"}]}, r"low: must be a number, not '1'"),
        ({"quantities": [{**QUANTITY, "low": True}]}, r"low: must be a number, not True"),
        ({"quantities": [{**QUANTITY, "low": float("-inf")}]}, r"low: must be a finite number, not -inf"),
        ({"quantities": [{**QUANTITY, "high": float("inf")}]}, r"high: must be a finite number, not inf"),
        ({"quantities": [{**QUANTITY, "high": float("nan")}]}, r"high: must be a finite number, not nan"),
        ({"quantities": [{**QUANTITY, "high": 10**400}]}, r"high: must be a finite number, not 10{58}…"),
        (
            {"quantities": [{**QUANTITY, "value_text": "$1.3 billion"}]},
            r"quantities\[0\]\.value_text: '\$1\.3 billion' is not in",
        ),
        ({"quantities": [{**QUANTITY, "quote": "."}]}, r"quantities\[0\]: the quote '\.' has no word"),
        ({"quantities": [{**QUANTITY, "also": [","]}]}, r"quantities\[0\]: the quote ',' has no word"),
        ({"quantities": [{**QUANTITY, "low": 2e9}]}, r"low: 2e\+09 is above high"),
        ({"quantities": [{**QUANTITY, "corridor": "The Way"}]}, r"corridor: 'The Way' is no corridor"),
        ({"quantities": [{**QUANTITY, "modality": None}]}, r"modality: must be a text, not None"),
        ({"quantities": [{**QUANTITY, "colour": "red"}]}, r"quantities\[0\]\.colour: no such field"),
        ({"quantities": [{k: v for k, v in QUANTITY.items() if k != "bound"}]}, r"quantities\[0\]\.bound: is missing"),
        ({"quantities": [{**QUANTITY, "period": {"start": "2024", "end": None}}]}, r"period\.start: '2024' is no day"),
        (
            {"quantities": [{**QUANTITY, "period": {"start": "2024-02-01", "end": "2024-01-01"}}]},
            r"period: starts on 2024-02-01, after its end",
        ),
        (
            {"quantities": [{**QUANTITY, "quote": "Nobody wrote so."}]},
            r"quantities\[0\]: the quote 'Nobody wrote so\.' is not in",
        ),
        ({"quantities": {"quote": QUOTE}}, r"quantities: must be a list of objects"),
        ({"quantities": ["quote"]}, r"quantities\[0\]: must be an object"),
        ({"agreements": [{**AGREEMENT, "status": "planned"}]}, r"agreements\[0\]\.status: 'planned' is no code"),
        ({"agreements": [{**AGREEMENT, "name": ""}]}, r"agreements\[0\]\.name: must be a text"),
        ({"events": [{**EVENT, "kind": "flood"}]}, r"events\[0\]\.kind: 'flood' is no code"),
        ({"ignore": ["Nobody wrote so either."]}, r"ignore: the quote 'Nobody wrote so either\.' is not in"),
        ({"metadata": {**METADATA, "published_on": "March"}}, r"metadata\.published_on: 'March' is no day"),
        ({"metadata": {**METADATA, "published_on": "20250512"}}, r"metadata\.published_on: '20250512' is no day"),
        ({"metadata": {**METADATA, "published_on": "2025-W20-1"}}, r"metadata\.published_on: '2025-W20-1' is no day"),
        ({"metadata": {"title": None}}, r"metadata\.author: is missing"),
        ({"metadata": None}, r"metadata: must be an object"),
        ({"doc": "elsewhere/wheat.txt"}, r"doc: 'elsewhere/wheat\.txt' is no file name"),
        ({"doc": "rye.txt"}, r"doc: there is no text rye\.txt beside the annotation"),
        ({"remark": "good"}, r"remark: no such field"),
    ],
)
def test_a_fault_is_told_with_file_and_field(tmp_path: Path, changes: dict[str, Any], told: str) -> None:
    path = write(tmp_path)
    path.write_text(json.dumps(annotation(**changes)), encoding="utf-8")
    with pytest.raises(GoldError, match=rf"wheat\.gold\.json: .*{told}"):
        read_gold([tmp_path])


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"null"])
def test_an_annotation_that_is_no_json_object_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path).write_bytes(content)
    with pytest.raises(GoldError, match=r"wheat\.gold\.json: "):
        read_gold([tmp_path])


@pytest.mark.parametrize("content", ["[]", "null", "3"])
def test_an_annotation_that_holds_no_object_is_told_plainly(tmp_path: Path, content: str) -> None:
    write(tmp_path).write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=r"wheat\.gold\.json: must hold one object"):
        read_gold([tmp_path])


def test_a_field_that_stands_twice_is_refused_since_the_first_would_be_lost(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").removesuffix("}") + ', "quantities": []}', encoding="utf-8")
    with pytest.raises(GoldError, match=r"wheat\.gold\.json: quantities: stands twice"):
        read_gold([tmp_path])


def test_a_number_beyond_all_that_can_be_computed_with_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    written = path.read_text(encoding="utf-8").replace('"high": 1200000000.0', '"high": 1e400')
    assert "1e400" in written
    path.write_text(written, encoding="utf-8")
    with pytest.raises(GoldError, match=r"quantities\[0\]\.high: must be a finite number"):
        read_gold([tmp_path])


def test_a_folder_named_as_an_annotation_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "rye.gold.json").mkdir()
    with pytest.raises(GoldError, match=r"rye\.gold\.json: is no file, .* rename or remove it"):
        read_gold([tmp_path])


def test_no_folder_may_be_called_as_all_of_them_together_are(tmp_path: Path) -> None:
    write(tmp_path / ALL_FOLDERS)
    with pytest.raises(GoldFolderError, match="rename the folder"):
        read_gold([tmp_path])


def test_a_link_out_of_the_folder_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    write(tmp_path / "news")
    (tmp_path / "news" / "wheat.txt").unlink()
    (tmp_path / "news" / "wheat.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(GoldError, match=r"there is no text wheat\.txt"):
        read_gold([tmp_path / "news"])


def test_a_folder_without_annotations_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldFolderError, match="holds no annotated texts"):
        read_gold([tmp_path])
    with pytest.raises(GoldFolderError, match="is no folder"):
        read_gold([tmp_path / "none"])


def test_a_folder_of_folders_stands_for_those_that_hold_annotations(tmp_path: Path) -> None:
    write(tmp_path / "b")
    write(tmp_path / "a")
    (tmp_path / "c").mkdir()
    again = tmp_path / "b" / ".." / "a"
    assert gold_folders([tmp_path, tmp_path / "a", again]) == [tmp_path / "a", tmp_path / "b"]
    assert [text.folder for text in read_gold([tmp_path])] == ["a", "b"]


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in (tmp_path / "old" / "news", tmp_path / "new" / "news"):
        write(folder)
    assert [text.folder for text in read_gold([tmp_path / "old", tmp_path / "new"])] == ["old/news", "new/news"]


def test_texts_that_were_left_out_of_learning_are_listed_beside_the_folder(tmp_path: Path) -> None:
    for name in ("wheat", "rye"):
        write(tmp_path / "news", name=name)
    write(tmp_path / "fresh")
    write(tmp_path / "old")
    lists = tmp_path / "left_out.toml"
    lists.write_text('[news]\ntexts = ["rye.txt"]\n[fresh]\ntexts = "all"\n', encoding="utf-8")
    assert {(text.folder, text.name): text.left_out for text in read_gold([tmp_path])} == {
        ("fresh", "wheat.txt"): True,
        ("news", "rye.txt"): True,
        ("news", "wheat.txt"): False,
        ("old", "wheat.txt"): False,
    }


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ("[news]\ntexts = ['oats.txt']", "names oats.txt"),
        ("[news", "not TOML"),
        (f"news = {'9' * 5_000}", "not TOML"),
        ("news = 3", "must have texts"),
        ("[news]", "must have texts"),
        ("[news]\ntexts = 'wheat.txt'", "must have texts"),
        ("[news]\ntexts = [1]", "must have texts"),
        ("[news]\ntext = ['wheat.txt']", "must have texts"),
        ("[news]\ntexts = 'all'\nreason = 'new'", r"\[news\] has reason"),
        ("[newz]\ntexts = 'all'", r"\[newz\]: there is no folder"),
        ("texts = 'all'", r"\[texts\] must have texts"),
    ],
)
def test_a_faulty_list_of_texts_left_out_is_refused(tmp_path: Path, lists: str, told: str) -> None:
    write(tmp_path / "news")
    (tmp_path / "left_out.toml").write_text(lists, encoding="utf-8")
    with pytest.raises(GoldError, match=rf"left_out\.toml: .*{told}"):
        read_gold([tmp_path / "news"])


VALUES = st.sampled_from([None, True, 0, -1.5, float("nan"), "", "x", "KAZ", "\ud800", [], ["KAZ"], [1], {}, {"start": "x"}])
FIELDS = st.sampled_from(sorted({*QUANTITY, *AGREEMENT, *EVENT}))


@given(st.sampled_from([QUANTITY, AGREEMENT, EVENT]), st.dictionaries(FIELDS, VALUES, min_size=1, max_size=2))
@settings(max_examples=60, deadline=None)
def test_whatever_a_claim_holds_it_is_read_or_refused(base: dict[str, Any], changes: dict[str, Any]) -> None:
    bare = {"quantities": [], "agreements": [], "events": []}
    kind = {id(QUANTITY): "quantities", id(AGREEMENT): "agreements", id(EVENT): "events"}[id(base)]
    with TemporaryDirectory() as folder:
        write(Path(folder), **{**bare, kind: [{**base, **changes}]})
        told = ""
        try:
            (text,) = read_gold([Path(folder)])
        except GoldError as error:
            told = str(error)
        assert told.startswith(f"{folder}/wheat.gold.json: {kind}[0]") or len(text.claims[kind]) == 1


def test_the_project_s_own_annotated_texts_are_read() -> None:
    texts = read_gold([PROJECT / "tests" / "gold"])
    assert len(texts) > 40
    assert any(text.left_out for text in texts)
