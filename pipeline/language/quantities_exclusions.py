"""Tells numbers that are quantities from years, labels, list numbers, ages, codes and idioms.

The tests look at a number in its context and answer yes or no; finding numbers and units does not belong here.
"""

import re
from functools import cache

from pipeline.contract.reference import read_toml
from pipeline.language.numerals import either
from pipeline.language.quantities_context import Before, context
from pipeline.language.quantities_numbers import Number, Passage
from pipeline.language.quantities_units import NEXT_WORD

_IN_NAME = re.compile(r"[^\W_]['’s]? [A-Z]$")
_HYPHENED = re.compile(r"-[^\W\d_]")
_OLD = re.compile(r"[ -]olds?(?![^\W_])")
_TITLE = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]")
_NAME_BEFORE = re.compile(r"[A-Z][A-Za-z'’]*[a-z] ?$")
_AGE_BEFORE = re.compile(r"[A-Z][^\W\d_]+, $")
_LIST_NUMBER_BEFORE = re.compile(r"(?:^|[\n\r])[ \t(*-]*$")
_LIST_NUMBER_AFTER = re.compile(r"[.)](?: |$)")
_OPENS_CLAUSE = re.compile(r"(?:^|[.;:,]\s+|\n\s*|\b(?:and|but|while|as)\s+)$")
_OLDEST = 115


def is_quantity(place: Passage, number: Number, before: Before) -> bool:
    """Whether a number with its unit is a quantity."""
    if number.form == "multiple":
        return _is_multiple(place, number)
    if number.form == "part":
        return _is_part(place, number, before)
    if number.code == "year" and _OLD.match(place.folded, number.end):
        return False
    if number.form == "words":
        return _is_spelled_quantity(place, number, before)
    if number.named:
        return not (_is_year_of(number, before) or _is_type_number(number, before))
    return not (
        (number.unit is None and _HYPHENED.match(place.folded, number.end) is not None)
        or _is_year(place, number, before)
        or is_label(place, number, before)
        or _is_list_number(place, number)
        or _is_part_of_code(place, number)
    )


def _word_before(before: Before) -> str:
    return before.words[0] if before.words else ""


@cache
def _multiple_limits() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    limits = read_toml("numerals.toml")["multiple_limits"]
    return (
        re.compile(rf"[ -](?P<word>{either(limits['not_before'])})(?![^\W_])"),
        frozenset(limits["frequency_only"]),
        frozenset(limits["frequency_words"]),
    )


def _is_multiple(place: Passage, number: Number) -> bool:
    """Not `double-digit`, `twice a week` or a `Double Taxation Treaty`."""
    if _TITLE.match(place.text, number.start):
        return False
    pattern, frequency_only, frequency_words = _multiple_limits()
    match = pattern.match(place.folded, number.end)
    if match is None:
        return True
    return match["word"] in frequency_only and place.folded[number.start : number.end] not in frequency_words


def _is_part(place: Passage, number: Number, before: Before) -> bool:
    """`half of`, `a third less`, `two-thirds`; not `the first half`, `first-half`, `half-year`, `a third country`."""
    words = context()
    if number.kind not in ("bare", "fraction"):
        return not (place.folded.startswith("-", number.number_end) and number.code in words.half_not_before)
    if _word_before(before) in words.half_not_after or place.folded.endswith("-", 0, number.start):
        return False
    written = place.folded[number.start : number.number_end]
    if number.unit is None or (written.endswith("quarters") and number.value <= 50):
        # `two halves`, `two quarters`, `four quarters` count, or are periods.
        return False
    following = NEXT_WORD.match(place.folded, number.number_end)
    word = following[1].rstrip(".,") if following is not None else ""
    if written.startswith("half"):
        return word not in words.half_not_before
    if written == "quarter":
        return word == "of" and _word_before(before) in words.transparent
    return not written.startswith(("a ", "a-", "an ")) or not _is_ordinal(place, number, word)


def _is_ordinal(place: Passage, number: Number, following: str) -> bool:
    """`a third country`; `one treaty is signed, and a third, with Chad, is near`."""
    if following:
        return following not in context().part_before
    opens = _OPENS_CLAUSE.search(place.folded, max(0, number.start - 8), number.start)
    return opens is not None and place.folded.startswith(",", number.number_end)


def _is_spelled_quantity(place: Passage, number: Number, before: Before) -> bool:
    if number.named:
        return True
    if place.folded.startswith(" o'clock", number.end) or _IN_NAME.search(
        place.text[max(0, number.start - 3) : number.start + 1]
    ):
        return False
    if number.unit is None and (_HYPHENED.match(place.folded, number.end) or is_label(place, number, before)):
        return False
    return number.amount not in (0, 1) or before.bound is not None


def _is_year(place: Passage, number: Number, before: Before) -> bool:
    if not number.is_year_like:
        return False
    if before.bound is not None:
        told = NEXT_WORD.match(place.folded, number.end)
        return number.unit is None and told is not None and told[1] in context().years_after
    return number.unit is None or number.value % 100 != 0 or _word_before(before) in context().years_before


def _is_year_of(number: Number, before: Before) -> bool:
    """A year before a counted noun: `in 2020 vessels`, `surpassing the 2023 figures`."""
    if number.kind != "count" or not number.is_year_like:
        return False
    counted = number.unit.code if number.unit is not None else ""
    return _word_before(before) in context().years_before or counted in context().years_after


def _is_type_number(number: Number, before: Before) -> bool:
    """The number of a type or a document before a counted noun: `a Boeing 767 tanker`."""
    return number.kind == "count" and number.scale == 1.0 and _word_before(before) in context().always_labels


def is_label(place: Passage, number: Number, before: Before) -> bool:
    """`Article 5`, `aged 30`, `Falcon 9`, `Smith, 62, said`; also a number with a leading nought."""
    if number.number_end - number.number_start > 1 and number.value >= 1 and place.folded[number.number_start] == "0":
        return True
    if before.bound is not None:
        return False
    word, words = _word_before(before), context()
    if number.is_whole and word in words.labels and (number.unit is None or number.value < words.largest_label):
        return True
    bare = number.unit is None and number.is_whole and number.value < 1000
    return word in words.ages_before or word in words.always_labels or (bare and _follows_name(place, number))


def _follows_name(place: Passage, number: Number) -> bool:
    """A number that belongs to the name before it (`Falcon 9`), or the age of its bearer (`Smith, 62, said`)."""
    stretch = place.text[max(0, number.start - 40) : number.start]
    if _NAME_BEFORE.search(stretch):
        return True
    return number.value <= _OLDEST and _AGE_BEFORE.search(stretch) is not None and place.text.startswith(", ", number.end)


def _is_list_number(place: Passage, number: Number) -> bool:
    """`1. What`, `(2)`, `[12]`."""
    if number.number_end - number.number_start > context().list_digits:
        return False
    if place.text.startswith(")", number.number_end) and "(" not in place.text[max(0, number.start - 40) : number.start]:
        return True
    around = (
        place.text[max(0, number.number_start - 1) : number.number_start]
        + place.text[number.number_end : number.number_end + 1]
    )
    if around in ("()", "[]"):
        return True
    opens_line = _LIST_NUMBER_BEFORE.search(place.text[max(0, number.start - 40) : number.start]) is not None
    return opens_line and _LIST_NUMBER_AFTER.match(place.folded, number.number_end) is not None


def _is_part_of_code(place: Passage, number: Number) -> bool:
    """Digits with letters or more digits directly beside them, which are no unit (`5G`, `787-9`, `3-1`, `24.kg`)."""
    behind = place.folded[number.end : number.end + 2]
    ahead = place.folded[max(0, number.start - 2) : number.start]
    if (
        behind[:1].isalnum()
        or (behind[:1] in ("-", "/", ":") and behind[1:].isdigit())
        or (behind[:1] == "." and behind[1:].isalpha())
    ):
        return True
    return ahead[-1:] in ("-", "/", ":") and ahead[:1].isdigit()
