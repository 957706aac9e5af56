"""The forms of English verbs and nouns, so that lexicons may hold them in their bare form.

Only spelling belongs here; the irregular verbs are data in `seeds/reference/events.toml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

Form = Literal["base", "s", "past", "participle", "ing"]
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|o)$")
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
_AFTER_CONSONANT = re.compile(r"[^aeiou]y$")


def verb_forms(phrase: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Form]]:
    """The forms of a verb, or of a phrase that opens with one or marks it by a `~`, each with what it is."""
    before, verb, tail = _parts(phrase)
    for spelling, form in _single(verb, irregular):
        yield before + spelling + tail, form


def _parts(phrase: str) -> tuple[str, str, str]:
    words = phrase.split(" ")
    place = next((index for index, word in enumerate(words) if word.endswith("~")), 0)
    before, after = words[:place], words[place + 1 :]
    return "".join(f"{word} " for word in before), words[place].rstrip("~"), "".join(f" {word}" for word in after)


def _single(verb: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Form]]:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
    doubled = verb + verb[-1] if _DOUBLED.fullmatch(verb) else stem
    past = irregular.get(verb, (_ed(verb, doubled),))
    ing = verb + verb[-1] if _doubles(verb, irregular) else doubled
    yield verb, "base"
    if verb == "be":
        yield from (("is", "s"), ("are", "s"), ("were", "past"))
    else:
        yield plural(verb), "s"
    yield past[0], "past"
    yield past[-1], "participle"
    yield ing + "ing", "ing"


def plural(word: str) -> str:
    """A word with the `s` of plurals and of verbs; words that end in `man` take `men`."""
    if word.endswith("man"):
        return word[:-2] + "en"
    if _AFTER_CONSONANT.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) else "s")


def _ed(verb: str, doubled: str) -> str:
    if _AFTER_CONSONANT.search(verb):
        return verb[:-1] + "ied"
    return verb + "d" if verb.endswith("e") else doubled + "ed"


def _doubles(verb: str, irregular: Mapping[str, Sequence[str]]) -> bool:
    """Whether the last letter is doubled before an ending though the verb is irregular, or of two syllables: `permitting`."""
    return verb in irregular and (irregular[verb][-1].startswith(verb + verb[-1]) or verb in ("begin", "forbid"))
