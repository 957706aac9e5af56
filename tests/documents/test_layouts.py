"""Metadata over the layouts in `layouts.toml`, and that no line of a report goes missing in any of them."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.documents.reading import read_text

LAYOUTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8"))["layout"]
SENTENCES = (
    "Trade between the two countries reached $1.2 billion in the first nine months of the year, up 15 percent, officials said.",
    "Exports of grain rose to 3.4 million tons, while imports of machinery fell to 200,000 units over the same period.",
)


def words(name: str | None) -> set[str]:
    return {word.strip(",.\"'").lower() for word in (name or "").split()} - {"and", "the", ""}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["name"])
def test_metadata_and_report(layout: dict[str, Any]) -> None:
    document = read_text(layout["text"].strip("\n").replace("REPORT", "\n\n".join(SENTENCES)) + "\n")
    for field in ("title", "author", "publisher"):
        assert words(getattr(document, field)) == words(layout.get(field)), field
    expected = date.fromisoformat(layout["published_on"]) if "published_on" in layout else None
    assert document.published_on == expected
    report = [document.text[one.start : one.end] for one in document.sentences if one.kind != "title"]
    assert all(any(sentence in one for one in report) for sentence in SENTENCES)
