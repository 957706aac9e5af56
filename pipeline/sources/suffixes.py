"""Which files a folder or an archive offers as texts, by their names. What a file really is, its bytes decide later."""

from functools import cache
from typing import Any

from pipeline.contract.reference import read_toml


def is_text_name(name: str) -> bool:
    """Whether the last part of a path names a file of a format that can be read; hidden files are none."""
    return not name.startswith(".") and _suffix(name) in readable_suffixes()


def _suffix(name: str) -> str:
    """From the last dot on, in lower case; empty for a name that begins or ends with it."""
    place = name.rfind(".")
    return name[place:].lower() if 0 < place < len(name) - 1 else ""


def is_passed_over(name: str) -> bool:
    """Whether the last part of a path names what is plainly no document: hidden files, and what programs leave behind."""
    names, beginnings, endings = _passed_over()
    lower = name.lower()
    return lower in names or name.startswith(beginnings) or lower.endswith(endings)


@cache
def _passed_over() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    known = read_toml("documents_formats.toml")["passed_over"]
    return frozenset(known["names"]), tuple(known["beginnings"]), tuple(known["endings"])


def other_format(name: str) -> str:
    """What to tell of a file whose name is of no format that can be read: what it is, and what to do about it."""
    return _other_formats().get(_suffix(name), _unknown_format())


@cache
def _other_formats() -> dict[str, str]:
    kinds: dict[str, dict[str, Any]] = read_toml("documents_formats.toml")["other"]
    return {
        suffix: f"{kind['what']}, which is not read: {kind['to_do']}" for kind in kinds.values() for suffix in kind["suffixes"]
    }


@cache
def _unknown_format() -> str:
    known = ", ".join(sorted(readable_suffixes()))
    return f"of no format that can be read, by its name ({known}); if it is plain text, name it .txt"


@cache
def readable_suffixes() -> frozenset[str]:
    """The suffixes of files that can be read, in lower case (`.txt`)."""
    formats: dict[str, dict[str, list[str]]] = read_toml("documents_formats.toml")["format"]
    return frozenset(suffix for names in formats.values() for suffix in names["suffixes"])
