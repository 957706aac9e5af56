"""Blocs of states that a text calls by what they are once it has named them: `the union`, `the bloc`, `the association`.

Only finding what such words mean belongs here; who is a party belongs to `parties`.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from pipeline.claims.agreements.lexicon import AgreementLexicon
from pipeline.claims.context.reading import Reading
from pipeline.language.marks import NameMark


@cache
def _pattern(nouns: frozenset[str]) -> re.Pattern[str]:
    listed = "|".join(sorted(nouns, key=lambda noun: (-len(noun), noun)))
    return re.compile(rf"\bthe (?:[a-z]+-(?:member|nation|country|state) )?({listed})\b(?! of\b)(?![\w-])")


def learn_blocs(reading: Reading, lexicon: AgreementLexicon) -> list[NameMark]:
    """Marks for the nouns that stand for the bloc of their kind that the text has named last, by place."""
    named = [name for sentence in reading.sentences for name in sentence.names if name.kind == "bloc" and len(name.codes) == 1]
    if not named:
        return []
    starts = [name.start for name in named]
    found = []
    for match in _pattern(frozenset(lexicon.bloc_nouns)).finditer(reading.folded):
        code = _meant(match.group(1), named[: bisect_left(starts, match.start())], lexicon.bloc_nouns)
        if code:
            found.append(NameMark(match.start(), match.end(), match.group(), "bloc", (code,), "name", code.lower()))
    return found


def _meant(noun: str, before: Sequence[NameMark], nouns: Mapping[str, Collection[str]]) -> str | None:
    """The bloc of a kind that was named last, None where none was."""
    return next((name.codes[0] for name in reversed(before) if name.codes[0] in nouns[noun]), None)
