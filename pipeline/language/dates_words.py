"""The word lists of seeds/reference/dates.toml, and how phrases become patterns.

Nothing that knows what the words mean belongs here.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import Any

from pipeline.contract.reference import read_toml
from pipeline.language.phrases import trie


@cache
def words() -> dict[str, Any]:
    """The word lists of dates.toml."""
    return read_toml("dates.toml")


def any_of(phrases: Collection[str]) -> str:
    """A pattern for one of the phrases, longest first; a blank is `<S>`, a hyphen may be a blank."""
    if all(phrase.isalpha() for phrase in phrases):
        return f"(?:{trie(phrases)})"
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(_written(phrase) for phrase in longest_first) + ")"


def _written(phrase: str) -> str:
    return re.escape(phrase).replace("\\ ", "<S>").replace("'", "['’]").replace("\\-", r"[-\s]")
