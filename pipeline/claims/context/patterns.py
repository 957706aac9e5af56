"""The turns of phrase of `seeds/reference/claim_patterns.toml`, compiled once.

What a turn of phrase means belongs to the module that asks for it.
"""

import re
from functools import cache

from pipeline.contract.reference import read_toml


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern by name, for folded text. Raises `KeyError` for a name that the file does not hold."""
    return re.compile(read_toml("claim_patterns.toml")["pattern"][name])
