"""Instruments named in a sentence: the noun phrase, its complement, its name and its form.

Finding the phrase belongs here; what happened to the instrument and whom it binds belongs to the modules beside this one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.claims.agreements.lexicon import AgreementLexicon, Head
from pipeline.claims.context.reading import Word
from pipeline.language.marks import NameMark

_MODIFIERS = 2
_LONGEST_PHRASE = 9
_BRACKETED = 9
_LONGEST_COMPLEMENT = 28
_LONGEST_NAME = 14
_NAME_WORDS = 3
_QUOTES = '"“”„«»'
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{3,90})[\"”»]")
_MONEY = "$€£¥"
_RESTRICTING = frozenset({"on", "for", "of", "to", "between", "with", "about", "under", "from"})
_RIGHT_LINKS = frozenset({"of", "on", "and", "for", "the", "&"})
_LINKS = frozenset({"of", "on", "and", "for", "the", "between", "to", "in", "&", "with"})


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument in a sentence, by word indices.

    `first` opens its phrase, `head:head_end` is its noun, `end` closes its complement. `count` is the number stated (0 for an
    unstated several, 1 for one). `definite` says that the text takes it as known, `restricted` that its complement says which
    one is meant (`the treaty on borders`). `parties` are those that a well-known one binds. A `paired` one
    counts, though its noun is weak, where both its parties are named.
    """

    first: int
    head: int
    head_end: int
    end: int
    noun: str
    form: str
    weak: bool
    subject: str | None
    name: str | None
    definite: bool
    restricted: bool
    count: int
    parties: tuple[str, ...] = ()
    paired: bool = False

    @property
    def plural(self) -> bool:
        """Whether several are meant."""
        return self.count != 1


class Line(NamedTuple):
    """A sentence as words over the document's text, with the names that lie in it."""

    text: str
    words: Sequence[Word]
    names: Sequence[NameMark]
    titled: bool

    def original(self, index: int) -> str:
        """The word as the text has it."""
        word = self.words[index]
        return self.text[word.start : word.end]

    def slice(self, first: int, end: int) -> str:
        """The text from one word to another, the latter left out."""
        return self.text[self.words[first].start : self.words[end - 1].end] if first < end else ""

    def capitalised(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return self.text[self.words[index].start].isupper()

    def index_at(self, place: int) -> int:
        """The first word that starts at or after a place in the text."""
        return bisect_left(self.words, (place,))


def _not_a_head(line: Line, start: int, end: int, blocked: Iterable[tuple[int, int]]) -> bool:
    inside_name = any(
        mark.start <= start and end <= mark.end and mark.kind in ("company", "organisation", "person") for mark in line.names
    )
    return inside_name or any(first < end and start < last for first, last in blocked)


def _phrase_start(line: Line, head: int, lexicon: AgreementLexicon, nouns: frozenset[int]) -> int:
    """Goes left from the head noun to where its phrase opens: a determiner, a number or what cannot stand inside."""
    grammar = lexicon.grammar
    first = head
    while first > 0 and head - first < _LONGEST_PHRASE:
        word = line.words[first - 1].text
        if word in grammar.determiners:
            return first - 1
        if word == ")" and (bracket := _opening_bracket(line, first - 1)) is not None:
            first = bracket
            continue
        if word in _QUOTES and (opened := _opening_quote(line, first - 1)) is not None:
            first = opened
            continue
        if (
            word in _MONEY
            or _possessive(line, first - 1)
            or (not word[0].isalnum() and word not in _QUOTES and _glued(line, first - 1))
        ):
            first -= 1
            continue
        joined = word == "and" and first > 1 and _joins(line, first - 1, lexicon, nouns)
        if first > 1 and _describes(line, first - 1, lexicon):
            return first - 2
        if not joined and (first - 1 in nouns or _outside_phrase(word, lexicon)) and not _attributive(line, first - 1, lexicon):
            return first
        first -= 1
    return first


def _possessive(line: Line, index: int) -> bool:
    """Whether an apostrophe closes a plural owner: `APM Terminals' concession`."""
    return index > 0 and line.words[index].text in ("'", "’") and line.words[index - 1].text.endswith("s")


def _glued(line: Line, index: int) -> bool:
    """Whether a sign stands without blanks between two words: `U.S.-Mexico`."""
    words = line.words
    return index > 0 and words[index - 1].end == words[index].start and words[index].end == words[index + 1].start


def _describes(line: Line, index: int, lexicon: AgreementLexicon) -> bool:
    """Whether a participle behind an article only describes what follows: `a revised pact`."""
    word, before = line.words[index].text, line.words[index - 1].text
    return word.endswith("ed") and before in lexicon.grammar.determiners and before not in ("both", "all", "that", "this")


def _attributive(line: Line, index: int, lexicon: AgreementLexicon) -> bool:
    """Whether a verb's bare form is a noun before another: `discussed draft accords`, `concluded a grant agreement`."""
    word = line.words[index].text
    before = line.words[index - 1].text if index else ""
    bare = word.isalpha() and not word.endswith(("ed", "ing", "s")) and bool(_whole(lexicon, word))
    return word in lexicon.grammar.attributive or (bare and before in lexicon.grammar.determiners - {"that"})


def _opening_bracket(line: Line, closing: int) -> int | None:
    """Where brackets that hold an amount again were opened: `a $40 million (36 million euros) contract`."""
    low = max(closing - _BRACKETED, 0)
    opened = next((index for index in range(closing - 1, low, -1) if line.words[index].text == "("), None)
    if opened is None or not any(word.text[0].isdecimal() for word in line.words[opened:closing]):
        return None
    return opened


def _opening_quote(line: Line, closing: int) -> int | None:
    """Where the quotation that closes here was opened, if it is short enough to be a name."""
    for index in range(closing - 1, max(closing - 12, -1), -1):
        if line.words[index].text in _QUOTES:
            return index
    return None


def _outside_phrase(word: str, lexicon: AgreementLexicon) -> bool:
    grammar = lexicon.grammar
    closed = (
        word in grammar.prepositions or word in grammar.conjunctions or word in grammar.pronouns or word in grammar.auxiliaries
    )
    sign = not word[0].isalnum() and word not in _QUOTES
    return closed or sign or bool(_whole(lexicon, word))


def _whole(lexicon: AgreementLexicon, word: str) -> bool:
    marks = lexicon.triggers.find(word)
    return bool(marks) and marks[0].end == len(word) and marks[0].meaning.construction == "verb"


def _joins(line: Line, index: int, lexicon: AgreementLexicon, nouns: frozenset[int]) -> bool:
    """Whether an `and` binds two modifiers of one noun (`trade and investment agreement`), not two phrases."""
    before, after = index - 1, index + 1
    if (
        before in nouns
        or _outside_phrase(line.words[before].text, lexicon)
        or line.words[before].text in lexicon.grammar.determiners
    ):
        return False
    return line.capitalised(before) == line.capitalised(after)


def _complement_end(line: Line, start: int, lexicon: AgreementLexicon, stops: frozenset[int]) -> int:
    """Goes right from the head noun over `between A and B`, `on trade in goods`, up to the verb or the next clause."""
    grammar = lexicon.grammar
    if (
        start >= len(line.words)
        or line.words[start].text not in grammar.prepositions
        or line.words[start].text in ("than", "after", "as")
    ):
        return start
    index = start + 1
    while index < len(line.words) and index - start < _LONGEST_COMPLEMENT:
        word = line.words[index].text
        dated = word in ("last", "this", "next") and index + 1 < len(line.words) and line.words[index + 1].text in grammar.times
        closing = _closing_quote(line, index) if index == start + 1 and word in _QUOTES else None
        if closing is not None:
            index = closing + 1
            continue
        if word == "(" and _after_brackets(line, index) > index:
            index = _after_brackets(line, index)
            continue
        if (
            _dash(line, index)
            or dated
            or index in stops
            or word in grammar.complement_ends
            or word in ";:().!?"
            or word in _QUOTES
        ):
            return index
        if word == "," and not _list_goes_on(line, index, grammar.prepositions):
            return index
        index += 1
    return index


def _dash(line: Line, index: int) -> bool:
    """Whether a dash parts two phrases, as one that stands free or doubled does; in `Peru-Chile` none does."""
    if line.words[index].text not in ("-", "–", "—"):
        return False
    following = line.words[index + 1].start if index + 1 < len(line.words) else -1
    return line.words[index - 1].end != line.words[index].start or following != line.words[index].end


def _closing_quote(line: Line, opened: int) -> int | None:
    """Where a quotation that opens here closes, if it is short enough to be a name."""
    for index in range(opened + 1, min(opened + 14, len(line.words))):
        if line.words[index].text in _QUOTES:
            return index
    return None


def _list_goes_on(line: Line, comma: int, prepositions: frozenset[str]) -> bool:
    """Whether a comma separates members of a list: another name follows, and an `and` before the list ends."""
    following = line.words[comma + 1 : comma + 9]
    if not following or following[0].text in prepositions:
        return False
    named = any(
        mark.start == following[0].start or mark.start == following[min(1, len(following) - 1)].start for mark in line.names
    )
    return named and any(word.text == "and" for word in following)


def _quoted_name(line: Line, first: int, end: int) -> str | None:
    """A name in quotation marks within the instrument's phrase, or right after its head."""
    if first >= end:
        return None
    match = _QUOTED.search(line.text, line.words[first].start, line.words[min(end, len(line.words)) - 1].end)
    return match.group(1).strip(" ,.") if match else None


def _run_left(line: Line, head: int, floor: int) -> int:
    """Goes left over capitalised words and the small words between them."""
    first = head
    index = head - 1
    while index >= floor and head - index < _LONGEST_NAME:
        if line.words[index].text.endswith("'s"):
            break
        if line.capitalised(index) or line.original(index)[0].isdigit():
            first = index
        elif line.words[index].text not in _LINKS:
            break
        index -= 1
    return first


def _run_right(line: Line, head_end: int, limit: int, calendar: frozenset[str]) -> int:
    """Goes right over capitalised words and the small words between them."""
    end = index = head_end
    while index < limit and index - head_end < _LONGEST_NAME:
        word = line.words[index].text
        if line.capitalised(index) and word in calendar:
            break  # `the Trade Agreement in October`
        if line.capitalised(index):
            end = index + 1
        elif word not in _RIGHT_LINKS and word not in ("a", "an") and not _names_on(line, index, limit):
            break
        index += 1
    return end


def _names_on(line: Line, index: int, limit: int) -> bool:
    """Whether a small word stands within a name: `in` or `to` before a capital that is no place's or state's."""
    following = index + 2 if index + 1 < limit and line.words[index + 1].text in ("the", "a") else index + 1
    if line.words[index].text not in ("in", "to") or following >= limit or not line.capitalised(following):
        return False
    place = line.words[following].start
    return not any(mark.start <= place < mark.end and mark.kind not in ("commodity", "corridor") for mark in line.names)


def _proper_name(line: Line, first: int, head: int, head_end: int, end: int, *, calendar: frozenset[str]) -> str | None:
    """The name of an instrument whose phrase, without its articles, begins at `first`; None for a common noun."""
    if line.titled:
        return None
    quoted = _quoted_name(line, first, min(end, head_end + 8))
    if quoted:
        return quoted
    if not line.capitalised(head):
        return _named_topic(line, head, head_end, end, calendar) or _capitals_before(line, first, head, head_end)
    left = _run_left(line, head, first)
    if 0 < head == left and head_end < end and line.words[head_end].text == "on":
        return line.slice(head, end)
    acronym = line.original(head).isupper() and head_end - head == 1
    right = head_end if acronym else _run_right(line, head_end, end, calendar)
    if right - left == head_end - head and not acronym:
        return None
    if right == head_end and not acronym and line.words[head].text in ("joint", "declaration"):
        right = end
    return line.slice(left, right)


def _capitals_before(line: Line, first: int, head: int, head_end: int) -> str | None:
    """`the Trans-Adriatic Gas Pipeline agreement`: a name of three words or more, the noun without a capital of its own."""
    left = head
    while left > first and (line.capitalised(left - 1) or line.original(left - 1)[0].isdigit()):
        left -= 1
    longer = head - left >= _NAME_WORDS and not all(
        any(mark.start <= line.words[index].start < mark.end for mark in line.names) for index in range(left, head)
    )
    return line.slice(left, head_end) if longer else None


def _named_topic(line: Line, head: int, head_end: int, end: int, calendar: frozenset[str]) -> str | None:
    """`agreement on a Simplified Customs Corridor`: the topic is a name that no lexicon knows."""
    if head_end >= end or line.words[head_end].text not in ("on", "of", "for"):
        return None
    index = head_end + 1
    if index < end and line.words[index].text in ("a", "an", "the"):
        index += 1
    last = _run_right(line, index, end, calendar)
    known = (
        any(mark.start < line.words[last - 1].end and line.words[index].start < mark.end for mark in line.names)
        if last > index
        else True
    )
    return None if known or last - index < 2 else line.slice(head, last)


def _count(line: Line, first: int, head: int, noun: str, lexicon: AgreementLexicon) -> int:
    """How many instruments a phrase names: a number, 0 for several, 1 for one."""
    numbers = lexicon.grammar.numbers
    for index in range(max(first - 1, 0), head):
        word = line.words[index].text
        if word in numbers:
            return numbers.index(word) + 1
        if word.isdecimal() and len(word) <= 3:
            return int(word)
    return 0 if noun.endswith("s") or noun == "memoranda" else 1


def _inside_previous(line: Line, first: int, previous: Instrument, end: int) -> bool:
    """Whether a noun belongs to the phrase before it: in its complement, or as its acronym in brackets."""
    bracketed = first > 0 and line.words[first - 1].text == "(" and first - 1 <= previous.end
    return bracketed or (first < previous.end and end <= previous.end + 1 and not _own_phrase(line, first))


def _only_carrier(line: Line, previous: Instrument, meaning: Head, first: int) -> bool:
    """Whether the noun before only carries this instrument: `the text of a deal`."""
    return (
        previous.weak
        and not meaning.weak
        and first - previous.head_end == 1
        and line.words[previous.head_end].text in ("of", "for")
    )


def _own_phrase(line: Line, first: int) -> bool:
    return first > 0 and line.words[first - 1].text in ("and", ",")


def find_instruments(
    line: Line,
    heads: Iterable[tuple[int, int, Head]],
    blocked: Iterable[tuple[int, int]],
    stops: frozenset[int],
    lexicon: AgreementLexicon,
) -> list[Instrument]:
    """The instruments of a sentence, by place.

    `heads` are nouns with their span in the text, `blocked` the spans of phrases that name no instrument, `stops` the word
    indices of triggers, at which a complement ends.
    """
    spans = [
        (line.index_at(start), line.index_at(end), head)
        for start, end, head in heads
        if not _not_a_head(line, start, end, blocked)
    ]
    nouns = frozenset(index for first, end, _ in spans for index in range(first, end))
    stops |= {first for first, _, meaning in spans if meaning.form == "same"}
    found: list[Instrument] = []
    for position, (head, head_end, meaning) in enumerate(spans):
        compound = position + 1 < len(spans) and (
            _compound(line, head_end, spans[position + 1][0]) or _loose_compound(line, spans, position, lexicon)
        )
        if head_end <= head or compound:
            continue
        within = nouns - _modifiers(line, spans, position, lexicon)
        first = head if meaning.form == "same" else _phrase_start(line, head, lexicon, within)
        end = _complement_end(line, _after_brackets(line, head_end), lexicon, stops)
        if found and _inside_previous(line, first, found[-1], head_end) and not _only_carrier(line, found[-1], meaning, first):
            if meaning.named and found[-1].name is None:
                found[-1] = replace(found[-1], name=line.slice(head, head_end), parties=meaning.parties)
            continue
        if found and (first <= found[-1].head or _only_carrier(line, found[-1], meaning, first)):
            found.pop()
        noun = " ".join(word.text for word in line.words[head:head_end])
        bare = next((index for index in range(first, head) if line.words[index].text not in lexicon.grammar.determiners), head)
        name = (
            line.slice(head, head_end)
            if meaning.named
            else _proper_name(line, bare, head, head_end, end, calendar=lexicon.grammar.calendar)
        )
        name = None if name and name.lower() in lexicon.common_acronyms else name
        definite = line.words[first].text in lexicon.grammar.definite
        count = _count(line, first, head, noun, lexicon)
        behind = _after_brackets(line, head_end)
        restricted = head_end <= behind < end and line.words[behind].text in _RESTRICTING
        restricted = restricted and not (_dated(line, behind, lexicon) or line.words[min(behind + 1, end - 1)].text == "it")
        restricted = restricted or (name is None and _of_its_own(line, max(bare, 1), head))
        found.append(
            Instrument(
                first,
                head,
                head_end,
                end,
                noun,
                meaning.form,
                meaning.weak and not ((restricted and _titled_programme(line, head, meaning)) or _acted_under(line, head_end)),
                meaning.subject,
                name,
                definite,
                restricted,
                count,
                meaning.parties,
                meaning.paired,
            )
        )
    return found


def _acted_under(line: Line, head_end: int) -> bool:
    """Whether what is done under a thing shows that it is an instrument: `the arrangement under which Peru ships tin`."""
    return [word.text for word in line.words[head_end : head_end + 2]] == ["under", "which"]


def _titled_programme(line: Line, head: int, meaning: Head) -> bool:
    """Whether a weak noun names an instrument all the same, as its capital shows: `a Programme of Cooperation`."""
    return meaning.form == "roadmap" and head > 0 and not line.titled and line.capitalised(head)


def _dated(line: Line, index: int, lexicon: AgreementLexicon) -> bool:
    """Whether `on` opens a date, and no topic: `the accord on Tuesday`, `the deal on 3 May`."""
    word = line.words[index + 1].text if index + 1 < len(line.words) else ""
    return line.words[index].text == "on" and (word in lexicon.grammar.calendar or word.isdecimal())


def _of_its_own(line: Line, first: int, head: int) -> bool:
    """Whether a name that is no state's tells which instrument is meant: `the Doraleh concession`."""
    states = [mark for mark in line.names if mark.kind in ("country", "bloc", "person")]
    return not line.titled and any(
        line.capitalised(index) and not any(mark.start <= line.words[index].start < mark.end for mark in states)
        for index in range(first, head)
    )


def _compound(line: Line, end: int, following: int) -> bool:
    """Whether the next instrument noun follows at once, so that this one only modifies it (`partnership agreement`)."""
    return end == following or (following == end + 1 and line.words[end].text == "-")


def _loose_compound(line: Line, spans: Sequence[tuple[int, int, Head]], position: int, lexicon: AgreementLexicon) -> bool:
    """Whether a noun that is no instrument by itself modifies the next one over a plain word: `a framework trade deal`."""
    (_, end, meaning), (following, _, heading) = spans[position : position + 2]
    between = [word.text for word in line.words[end:following]]
    plain = all(
        word.isalpha() and word not in lexicon.grammar.determiners and not _outside_phrase(word, lexicon) for word in between
    )
    return meaning.weak and not heading.weak and 0 < len(between) <= _MODIFIERS and plain


def _modifiers(line: Line, spans: Sequence[tuple[int, int, Head]], position: int, lexicon: AgreementLexicon) -> frozenset[int]:
    """The words of nouns that end right where this one begins: they modify it and do not close its phrase."""
    words: set[int] = set()
    start = spans[position][0]
    for before in range(position - 1, -1, -1):
        first, end, _ = spans[before]
        if end == start or (before == position - 1 and _loose_compound(line, spans, before, lexicon)):
            words.update(range(first, end))
            start = first
    return frozenset(words)


def _after_brackets(line: Line, index: int) -> int:
    """Past an acronym or another name in brackets, `(EPCA)`, `(Open Skies)`."""
    if index + 2 >= len(line.words) or line.words[index].text != "(":
        return index
    closing = next(
        (at for at in range(index + 2, min(index + _BRACKETED, len(line.words))) if line.words[at].text == ")"), None
    )
    if closing is None:
        return index
    called = all(line.capitalised(at) or line.words[at].text in _LINKS for at in range(index + 1, closing))
    return closing + 1 if called or closing == index + 2 else index
