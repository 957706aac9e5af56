"""Metadata of the annotated texts, and that no annotated claim is lost to furniture or cut by a sentence's end.

Folders of annotated texts beside the tests are always read. CORRIDOR_GOLD may name more, joined as in PATH.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.sources.raw import RawText

FOLDERS = sorted(path for path in (Path(__file__).parents[1] / "gold").iterdir() if path.is_dir())
FOLDERS += [Path(path) for path in os.environ.get("CORRIDOR_GOLD", "").split(os.pathsep) if path]
GOLD = [path for folder in FOLDERS for path in sorted(folder.glob("*.gold.json"))]
FRESH = [path for path in GOLD if path.parent.name in {"independent", "newsroom", "unread"}]
LEARNT = [path for path in GOLD if path not in FRESH]
# In the other folders a quote may hold a dateline or a bullet, which are no part of a sentence.
QUOTED = [path for path in GOLD if path.parent.name not in {"newsroom", "unread"}]
# Measured shares of the texts that were written without sight of the reader, rounded down.
FLOORS = {"title": 0.98, "author": 0.97, "publisher": 0.98, "published_on": 1.0, "language": 1.0}
SMALL = {"the", "of", "on", "a", "an", "and"}


def load(path: Path) -> tuple[dict[str, Any], Document]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    content = path.with_name(gold["doc"]).read_bytes()
    document = read_document(RawText("gold", f"gold/{gold['doc']}", gold["doc"], content))
    assert isinstance(document, Document)
    return gold, document


def alike(expected: str | None, found: str | None) -> bool:
    """Half of the words of the shorter text are in the other."""
    if not expected or not found:
        return not expected and not found
    one, two = ({word for word in text.lower().replace(",", " ").split() if word not in SMALL} for text in (expected, found))
    return bool(one and two) and len(one & two) * 2 >= min(len(one), len(two))


def agreeing(gold: dict[str, Any], document: Document) -> dict[str, bool]:
    """For each field whether it says what the annotation says."""
    expected = gold["metadata"]
    same = {field: alike(expected[field], getattr(document, field)) for field in ("title", "author", "publisher")}
    day = str(document.published_on) if document.published_on else None
    return {**same, "published_on": day == expected["published_on"], "language": document.language == expected["language"]}


@pytest.mark.parametrize("path", LEARNT, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_metadata(path: Path) -> None:
    gold, document = load(path)
    assert [field for field, same in agreeing(gold, document).items() if not same] == []


@pytest.mark.parametrize("field", FLOORS)
def test_share_of_fresh_texts_with_the_right_metadata(field: str) -> None:
    right = [agreeing(*load(path))[field] for path in FRESH]
    assert sum(right) >= FLOORS[field] * len(right)


@pytest.mark.parametrize("path", QUOTED, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_every_annotated_claim_stands_in_the_report(path: Path) -> None:
    gold, document = load(path)
    report = " ".join(" ".join(document.text[one.start : one.end] for one in document.sentences).split())
    sentences = [" ".join(document.text[one.start : one.end].split()) for one in document.sentences]
    quotes = [" ".join(claim["quote"].split()) for kind in ("quantities", "agreements", "events") for claim in gold[kind]]
    assert [quote for quote in quotes if quote not in report] == []
    whole = [quote for quote in quotes if any(quote in sentence for sentence in sentences)]
    assert len(whole) >= 0.9 * len(quotes)
