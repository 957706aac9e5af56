"""Annotated texts in other guises claim the same: only places move, and only what was exchanged changes."""

import re
import tomllib
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.sources.raw import RawText
from robustness.oracle import extracted
from robustness.tables import GOLD, texts
from robustness.variants import VARIANTS, Variant

LISTED = tomllib.loads((Path(__file__).parent / "variants.toml").read_text(encoding="utf-8"))
EXCEPTIONS, UNREAD = ({(entry["variant"], entry["text"]) for entry in LISTED[kind]} for kind in ("exception", "unread"))
PLACES = ("evidence_start", "evidence_end", "value_start", "value_end")
WORDS = ("evidence", "value_text", "attributed_to", "name", "place", "organisations", "corridor")
BLANKS = re.compile(r"\s+")


def read(path: Path, content: bytes) -> Document:
    document = read_document(RawText("gold", path.name, path.name, content))
    assert isinstance(document, Document)
    return document


@cache
def original(path: Path) -> list[dict[str, Any]]:
    return extracted(read(path, path.read_bytes()))


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_text_in_another_guise_claims_the_same(variant: Variant) -> None:
    failed, touched = [], 0
    for path in texts():
        changed = variant.change(path.read_text(encoding="utf-8"))
        if changed is None:
            continue
        touched += 1
        document = read(path, changed.encode())
        found = extracted(document)
        for claim in found:
            assert document.text[claim["evidence_start"] : claim["evidence_end"]] == claim["evidence"]
        before, after = (
            [_content(claim, codes) for claim in claims] for claims, codes in ((original(path), variant.codes), (found, None))
        )
        name = f"{path.parent.name}/{path.stem}"
        if sorted(before) != sorted(after) and (variant.name, name) not in EXCEPTIONS | UNREAD:
            failed.append(f"{name}:\n" + "\n".join(_difference(before, after)))
    assert touched, "the variant touches no text"
    assert not failed, f"{len(failed)} of {touched} texts\n" + "\n".join(failed)


def test_exceptions_are_few_and_of_texts_and_variants_that_there_are() -> None:
    names = {variant.name for variant in VARIANTS}
    for variant, text in EXCEPTIONS | UNREAD:
        assert variant in names
        assert (GOLD / f"{text}.txt").exists()
    assert len(EXCEPTIONS | UNREAD) <= len(VARIANTS)


def _content(claim: dict[str, Any], codes: tuple[str, str] | None) -> str:
    """What a claim says, without its places and the words that carry it; with `codes` exchanged, the first for the second."""
    told = {name: value for name, value in claim.items() if name not in PLACES and name not in WORDS}
    if claim.get("value_text"):
        told["digits"] = re.sub(r"\D", "", claim["value_text"])
    told["said"] = claim["attributed_to"] is not None
    return str(sorted((name, _exchanged(value, codes)) for name, value in told.items()))


def _exchanged(value: Any, codes: tuple[str, str] | None) -> Any:
    if isinstance(value, tuple):
        return tuple(sorted(_exchanged(item, codes) for item in value))
    if isinstance(value, float | int) or value is None or isinstance(value, date):
        return str(value)
    if codes is None:
        return unicodedata.normalize("NFC", BLANKS.sub(" ", value))
    return "/".join(codes[1] if part == codes[0] else part for part in value.split("/"))


def _difference(before: list[str], after: list[str]) -> list[str]:
    left, right = list(before), list(after)
    for claim in before:
        if claim in right:
            left.remove(claim)
            right.remove(claim)
    return [f"  - {claim}" for claim in left] + [f"  + {claim}" for claim in right]
