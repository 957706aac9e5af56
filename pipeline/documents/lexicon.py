"""The words by which a text tells its metadata, read from `documents_metadata.toml` and made ready for look-up.

Only the look-up tables belong here; the rules that use them belong to the modules beside this one.
"""

from functools import cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_toml


class MetadataLexicon(NamedTuple):
    """Word lists in lower case. `labels` gives the meaning of a label; `known` the published name of an outlet."""

    labels: dict[str, str]
    byline_openings: tuple[str, ...]
    closings: tuple[str, ...]
    no_names: frozenset[str]
    given_names: frozenset[str]
    author_roles: frozenset[str]
    nobody: frozenset[str]
    offices: frozenset[str]
    particles: frozenset[str]
    place_openings: frozenset[str]
    places_after: frozenset[str]
    outlet_words: frozenset[str]
    bodies: frozenset[str]
    firms: frozenset[str]
    units: frozenset[str]
    generic: frozenset[str]
    headline_verbs: frozenset[str]
    document_kinds: frozenset[str]
    preambles: tuple[str, ...]
    known: dict[str, str]
    time_words: tuple[str, ...]
    british: frozenset[str]
    american: frozenset[str]
    english: frozenset[str]
    english_share: float


@cache
def metadata_lexicon() -> MetadataLexicon:
    """The lexicon, loaded once."""
    data: dict[str, Any] = read_toml("documents_metadata.toml")
    byline, publisher = data["byline"], data["publisher"]
    return MetadataLexicon(
        labels={word: meaning for meaning, words in data["label"].items() for word in words},
        byline_openings=tuple(sorted(byline["openings"], key=lambda words: (-len(words), words))),
        closings=tuple(sorted(byline["closings"], key=lambda words: (-len(words), words))),
        no_names=frozenset(byline["no_names"]),
        given_names=frozenset(byline["given_names"]),
        author_roles=frozenset(byline["author_roles"]),
        nobody=frozenset(byline["nobody"]),
        offices=frozenset(byline["offices"]),
        particles=frozenset(byline["particles"]),
        place_openings=frozenset(byline["place_openings"]),
        places_after=frozenset(byline["places_after"]),
        outlet_words=frozenset(publisher["words"]),
        bodies=frozenset(publisher["bodies"]),
        firms=frozenset(publisher["firms"]),
        units=frozenset(publisher["units"]),
        generic=frozenset(publisher["generic"]),
        headline_verbs=frozenset(publisher["headline_verbs"]),
        document_kinds=frozenset(publisher["kinds"]),
        preambles=tuple(sorted(publisher["preambles"], key=lambda words: (-len(words), words))),
        known=dict(publisher["known"]),
        time_words=tuple(sorted(data["time"]["words"], key=lambda words: (-len(words), words))),
        british=frozenset(data["spelling"]["british"]),
        american=frozenset(data["spelling"]["american"]),
        english=frozenset(data["english"]["words"]),
        english_share=data["english"]["share"],
    )
