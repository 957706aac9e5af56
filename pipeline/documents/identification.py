"""The language of a text, as ISO 639-1, or None where nothing tells it.

English, the language of nearly all texts, is told by its small words; only a text without enough of them is given to the
statistical identifier, which takes a second to load.
"""

import re
from functools import cache
from typing import Protocol, cast

from pipeline.documents.lexicon import metadata_lexicon

_WORD = re.compile(r"[^\W\d_]+")
_CODE_LENGTH = 2  # ISO 639-1 has two letters; the identifier knows some languages by three


class _Identifier(Protocol):
    nb_classes: list[str]

    def set_languages(self, langs: list[str]) -> None: ...

    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(sample: str) -> str | None:
    """The language of `sample`, which should be a few sentences; None if it holds no letters."""
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return None
    lexicon = metadata_lexicon()
    if sum(1 for word in words if word in lexicon.english) >= len(words) * lexicon.english_share:
        return "en"
    return _identifier().classify(sample.encode("utf-8", "ignore").decode("utf-8"))[0]


@cache
def _identifier() -> _Identifier:
    # Imported here: its model takes a second to load, and most runs never need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # noqa: PLC0415

    identifier = cast(_Identifier, LanguageIdentifier.from_model_file(MODEL_FILE))
    identifier.set_languages(sorted({code for code in identifier.nb_classes if len(code) == _CODE_LENGTH}))
    return identifier
