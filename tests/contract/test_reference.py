"""The reference data is as its readers expect it."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.contract.reference import reference_path

FILES = sorted(path.name for path in reference_path("").glob("*.toml"))


def repeats(value: Any, place: str = "") -> Iterator[str]:
    """The entries that a list of texts holds twice, with where it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from repeats(inner, f"{place}.{key}")
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield from (f"{place}: {item}" for item in sorted(set(value)) if value.count(item) > 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from repeats(inner, f"{place}[{index}]")


@pytest.mark.parametrize("name", FILES)
def test_no_list_holds_an_entry_twice(name: str) -> None:
    assert list(repeats(tomllib.loads(reference_path(name).read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("name", FILES)
def test_every_file_begins_with_its_source(name: str) -> None:
    head = reference_path(name).read_text(encoding="utf-8").split("\n[", maxsplit=1)[0]
    assert head.startswith("#")


def test_an_entry_held_twice_is_found() -> None:
    assert list(repeats({"word": {"up": ["rose", "grew", "rose"]}})) == [".word.up: rose"]
