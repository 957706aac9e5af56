"""Organisations named in a sentence, known or not: capitalised names told apart from persons, states and places.

Telling what a capitalised name stands for belongs here; whether it is a party belongs to `parties`.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.claims.agreements.instruments import Instrument, Line
from pipeline.claims.agreements.lexicon import AgreementLexicon
from pipeline.language.marks import NameMark

RunKind = Literal["organisation", "person", "state", "unknown"]
_INNER = frozenset({"of", "for", "the", "de", "&", "du", "la", "und"})
_TENS = frozenset({"forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_LONGEST_RUN = 12
_PERSON_NAME = 2
_KNOWN_KINDS = ("company", "organisation", "railway")


class Run(NamedTuple):
    """A capitalised name by word indices, and what it stands for."""

    first: int
    end: int
    kind: RunKind
    text: str


def capitalised_runs(line: Line, instruments: Sequence[Instrument], lexicon: AgreementLexicon) -> list[Run]:
    """The capitalised names of a sentence, by place; countries and places by themselves are left out.

    In titles, where capitals mean nothing, only those that the lexicons know.
    """
    if line.titled:
        return _known_runs(line, lexicon)
    runs = _described_firms(line, lexicon)
    index = 0
    while index < len(line.words):
        end = _run_end(line, index, lexicon)
        if end > index:
            signing = _signing_for(line, index, end, lexicon)
            runs.extend([signing] if signing else _classified(line, index, end, instruments, lexicon))
        index = max(end, index + 1)
    firms = {run.first for run in runs if run.kind == "organisation"}
    own = [run for run in runs if run.kind != "state" or not firms & set(range(run.first, run.end))]
    return sorted(own, key=lambda run: run.first)  # `Heads of Iranian and Georgian railways` are no organ of Iran


def _described_firms(line: Line, lexicon: AgreementLexicon) -> list[Run]:
    """Organisations that go by a country and a common noun: `the Uzbek railways`, `Serbia's chamber of commerce`."""
    found = []
    for mark in line.names:
        first, end = line.index_at(mark.start), line.index_at(mark.end)
        if mark.kind == "port" and mark.text.lower().startswith("port of "):
            found.append(Run(first, end, "organisation", mark.text))
        if mark.kind != "country" or not (mark.form == "adjective" or line.text.startswith(("'s ", "’s "), mark.end)):
            continue
        for length in (4, 3, 2, 1):
            if " ".join(word.text for word in line.words[end : end + length]) in lexicon.organisations.described:
                found.append(Run(first, end + length, "organisation", line.slice(first, end + length)))
                found.extend(_sharing(line, mark, line.slice(end, end + length)))
                break
    return found


def _sharing(line: Line, last: NameMark, noun: str) -> Iterator[Run]:
    """The organisations of the adjectives before one that share its noun: `Iranian, Azerbaijani and Georgian railways`."""
    following = last
    for mark in reversed([each for each in line.names if each.end <= last.start and each.kind == "country"]):
        link = line.text[mark.end : following.start].strip()
        if mark.form != "adjective" or following.form != "adjective" or link not in (",", "and", ", and"):
            return
        yield Run(line.index_at(mark.start), line.index_at(mark.end), "organisation", f"{mark.text} {noun}")
        following = mark


def _known_runs(line: Line, lexicon: AgreementLexicon) -> list[Run]:
    return [
        Run(line.index_at(mark.start), line.index_at(mark.end), "organisation", mark.text)
        for mark in line.names
        if mark.kind in _KNOWN_KINDS and mark.text.lower() not in lexicon.organisations.press
    ]


def _opens(line: Line, index: int, lexicon: AgreementLexicon) -> bool:
    word = line.words[index].text
    return line.capitalised(index) and word[0].isalpha() and word not in lexicon.grammar.calendar


def _run_end(line: Line, first: int, lexicon: AgreementLexicon) -> int:
    if not _opens(line, first, lexicon) or (
        _closed(line.words[first].text, lexicon, line.original(first).isupper()) and not _known_at(line, first)
    ):
        return first
    end = first + 1
    index = first + 1
    while index < len(line.words) and index - first < _LONGEST_RUN:
        word = line.words[index].text
        if _opens(line, index, lexicon):
            end = index + 1
        elif (word == "." and _abbreviated(line, index)) or word in _INNER:
            pass
        elif not (
            word == "and"
            and (_industry(line, first, index, lexicon) or _and_company(line, index) or _fields(line, first, index, lexicon))
        ):
            break
        index += 1
    return end


def _known_at(line: Line, index: int) -> bool:
    """Whether a known organisation's name begins at a word."""
    return any(mark.start == line.words[index].start and mark.kind in _KNOWN_KINDS for mark in line.names)


def _closed(word: str, lexicon: AgreementLexicon, capitals: bool) -> bool:
    """Whether a word opens no name; a numeral all in `capitals` may be one: `ONE`."""
    grammar = lexicon.grammar
    open_classes = (grammar.determiners, grammar.prepositions, grammar.conjunctions, grammar.pronouns, grammar.auxiliaries)
    return (word in grammar.numbers and not capitals) or word in grammar.adverbs or any(word in words for words in open_classes)


def _abbreviated(line: Line, index: int) -> bool:
    return line.words[index - 1].end == line.words[index].start and index + 1 < len(line.words)


def _industry(line: Line, first: int, index: int, lexicon: AgreementLexicon) -> bool:
    """Whether an `and` stands within a name such as `Oil and Gas Corporation`."""
    inside = lexicon.organisations.inside
    start = first + 1 if _country_at(line, first) else first
    left = [word.text for word in line.words[start:index]]
    right = [word.text for word in line.words[index + 1 : index + 5]]
    return (
        len(left) == 1
        and (left[0] in inside or left[0].endswith(("s", "t", "e")))
        and any(word in inside for word in right)
        and (index + 1 < len(line.words) and line.capitalised(index + 1))
        and left[0] in lexicon.organisations.inside
    )


def _fields(line: Line, first: int, index: int, lexicon: AgreementLexicon) -> bool:
    """Whether an `and` joins the fields that an organisation is for: `Institute for Strategic and Regional Studies`."""
    left = [word.text for word in line.words[first:index]]
    fields = max((at for at, word in enumerate(left) if word in ("for", "of")), default=0)
    inside = lexicon.organisations.inside
    if not fields or fields == len(left) - 1 or not inside & set(left[:fields]) or index + 1 >= len(line.words):
        return False
    following = line.words[index + 1]
    if any(mark.start <= line.words[first].start and following.start < mark.end for mark in line.names):
        return True
    known = any(mark.start <= word.start < mark.end for mark in line.names for word in (line.words[index - 1], following))
    return line.capitalised(index + 1) and not known and following.text not in inside


def _and_company(line: Line, index: int) -> bool:
    """Whether an `and` stands within a firm's name: `Mitsui and Co`."""
    following = line.words[index + 1].text if index + 1 < len(line.words) else ""
    return following in ("co", "sons", "company") and line.capitalised(index + 1)


def _country_at(line: Line, index: int) -> NameMark | None:
    place = line.words[index].start
    return next((mark for mark in line.names if mark.start <= place < mark.end and mark.kind in ("country", "bloc")), None)


def _classified(line: Line, first: int, end: int, instruments: Sequence[Instrument], lexicon: AgreementLexicon) -> list[Run]:
    """A run of capitals as a name, without what only describes it; none if it names no possible party."""
    if any(first < each.head_end and each.first < end and each.head < end for each in instruments):
        return []
    port = any(word.text in ("port", "ports") for word in line.words[first:end]) and end - first > 2
    alias = first > 0 and line.words[first - 1].text == "(" and line.capitalised(max(first - 2, 0))
    alias = alias or any(each.head_end == first - 1 and line.words[first - 1].text == "(" for each in instruments)
    if alias or (_all_known(line, first, end, lexicon) and not port) or _names_instrument(line.slice(first, end), instruments):
        return []
    text = line.slice(first, end)
    if end < len(line.words) and line.words[end].text in lexicon.organisations.states:
        return []  # `Forty-four African states`
    if text.lower().removesuffix("'s") in lexicon.organisations.press:
        return []
    kind = _kind(line, first, end, lexicon)
    end = _without_country(line, first, end)
    text = line.slice(first, end)
    own = first
    while own < end and _describes_owner(line, own, kind):
        own += 1
    if own == end or _names_instrument(line.slice(own, end), instruments):
        return []
    return [Run(own, end, kind, line.slice(own, end) if own > first else text)]


def _signing_for(line: Line, first: int, end: int, lexicon: AgreementLexicon) -> Run | None:
    """The organisation whose head a run names: `Director of Port Varna Ivan Petrov`, `PKP Cargo Chairman Jan Nowak`."""
    titles = lexicon.organisations.signing_for
    title = next((at for at in range(first, end) if line.words[at].text in titles), None)
    if title is None:
        return None
    low, high = first, title
    if title + 1 < end and line.words[title + 1].text in ("of", "at"):
        low, high = title + 2, end - _PERSON_NAME if end - title > _PERSON_NAME + 2 else end
        low += low < high and line.words[low].text == "the"
    if high <= low or lexicon.organisations.state & {word.text for word in line.words[low:high]}:
        return None
    own = low + 1 if _country_at(line, low) and high - low > _PERSON_NAME + 1 else low
    return Run(low, high, "organisation", line.slice(low, high)) if _kind(line, own, high, lexicon) == "organisation" else None


def _without_country(line: Line, first: int, end: int) -> int:
    """Where the name of a firm ends whose country stands behind it: `SOCAR of Azerbaijan`, not `Bank of China`."""
    country = _country_at(line, end - 1)
    if country is None or country.kind != "country" or country.form == "adjective":
        return end
    own = line.index_at(country.start) - 1
    while own > first and line.words[own].text == "the":
        own -= 1
    if own <= first or line.words[own].text != "of":
        return end
    name = line.slice(first, own)
    whole = any(mark.kind in _KNOWN_KINDS and mark.text == name for mark in line.names)
    coined = own == first + 1 and name[1:] != name[1:].lower()
    return own if whole or coined else end


def _names_instrument(text: str, instruments: Sequence[Instrument]) -> bool:
    """Whether a run is only part of what an instrument is called."""
    return any(each.name is not None and text in each.name for each in instruments)


def _describes_owner(line: Line, index: int, kind: RunKind) -> bool:
    """Whether the first word of a run only tells whose or what kind of organisation it is: `Russia's`, `Kremlin-owned`."""
    word = line.words[index].text
    if word.endswith(("-owned", "-based", "-run", "-led", "-backed", "-listed", "-headquartered")):
        return True
    return _country_at(line, index) is not None and (kind == "unknown" or word.endswith("'s"))


def _all_known(line: Line, first: int, end: int, lexicon: AgreementLexicon) -> bool:
    """Whether a run is nothing but names of countries, blocs, corridors and persons."""
    known = [mark for mark in line.names if mark.kind in ("country", "bloc", "corridor", "person", "place", "port")]
    return all(
        any(mark.start <= word.start < mark.end for mark in known)
        or not word.text[0].isalnum()
        or word.text in _INNER
        or word.text in _TENS
        or word.text in lexicon.grammar.numbers
        for word in line.words[first:end]
    )


def _kind(line: Line, first: int, end: int, lexicon: AgreementLexicon) -> RunKind:
    organisations = lexicon.organisations
    words = [word.text for word in line.words[first:end]]
    before = [word.text for word in line.words[max(first - 2, 0) : first]]
    low, high = line.words[first].start, line.words[end - 1].end
    marks = {mark.kind for mark in line.names if mark.start < high and low < mark.end}
    whole = any(mark.kind in _KNOWN_KINDS and mark.start <= low and high <= mark.end for mark in line.names)
    if organisations.state & set(words):
        return "state" if whole or not organisations.person & set(words) else "person"
    if not whole and ("person" in marks or organisations.person & set(words)):
        return "person"
    if marks & set(_KNOWN_KINDS) or organisations.inside & set(words) or _country_firm(line, first, end, lexicon):
        return "organisation"
    if before and before[-1] in organisations.before:
        return "organisation"
    if before and (before[-1] in organisations.person or before[-1] in organisations.state):
        return "person"
    return "unknown"


def _country_firm(line: Line, first: int, end: int, lexicon: AgreementLexicon) -> bool:
    """Whether a country's name opens a longer one that no lexicon knows: `China Harbour`."""
    country = _country_at(line, first)
    if country is None or country.kind != "country" or country.form != "name" or end - first < 2 or line.titled:
        return False
    rest = [word for word in line.words[first:end] if word.start >= country.end]
    known = any(mark.start < word.end and word.start < mark.end for word in rest for mark in line.names)
    return bool(rest) and not known and all(word.text.isalpha() and not _closed(word.text, lexicon, False) for word in rest)
