"""The forms of English verbs, so that a lexicon names each verb once.

How a verb is inflected belongs here; which verbs tell what belongs to `agreements.toml`.
"""

from collections.abc import Iterator, Mapping, Sequence

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_VOWELS = "aeiou"
_POSSESSIVE = "~"


def forms(phrase: str, irregular: Mapping[str, Sequence[str]], possessives: Sequence[str]) -> Iterator[str]:
    """All forms of a phrase that a verb opens, with each possessive where it has a `~`: `put ~ name`, `puts its name`."""
    verb, _, rest = phrase.partition(" ")
    for form in irregular.get(verb) or regular(verb):
        whole = f"{form} {rest}".strip()
        if _POSSESSIVE in rest:
            yield from (whole.replace(_POSSESSIVE, possessive) for possessive in possessives)
        else:
            yield whole


def regular(verb: str) -> tuple[str, str, str, str]:
    """The base form, the third person, the past and the -ing form of a verb that does not double its last letter."""
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith("ee"):
        return verb, f"{verb}s", f"{verb}d", f"{verb}ing"
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    third = f"{verb}es" if verb.endswith(_SIBILANTS) else f"{verb}s"
    return verb, third, f"{verb}ed", f"{verb}ing"
