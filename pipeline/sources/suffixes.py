"""Which files a folder or an archive offers as texts, by their names. What a file really is, its bytes decide later."""

from functools import cache
from pathlib import PurePosixPath

from pipeline.contract.reference import read_toml


def is_text_name(name: str) -> bool:
    """Whether the last part of a path names a file of a format that can be read; hidden files are none."""
    return not name.startswith(".") and PurePosixPath(name).suffix.lower() in readable_suffixes()


@cache
def readable_suffixes() -> frozenset[str]:
    """The suffixes of files that can be read, in lower case (`.txt`)."""
    formats: dict[str, dict[str, list[str]]] = read_toml("documents_formats.toml")["format"]
    return frozenset(suffix for names in formats.values() for suffix in names["suffixes"])
