"""What earlier sentences say of instruments and parties, for the sentences that only point back to them.

Pointing back belongs here (`it`, `the accord`, `the two countries`); what a sentence says itself belongs to the other modules.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from pipeline.claims.agreements.instruments import Instrument
from pipeline.claims.agreements.lexicon import Trigger
from pipeline.claims.context.reading import SentenceReading

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"the", "of", "on", "a", "an", "and", "for", "between", "in"})
_KEPT = 60
_NEAR, _FAR = 5, 14
_PAIR = 2
_GENERAL = frozenset({"agreement", "treaty"})
_BINDING = frozenset({"agreement", "treaty", "memorandum", "protocol", "contract"})
_JUST = 2
_OPEN_FORMS = frozenset({"other", "agreement", "contract"})


@dataclass(frozen=True, slots=True)
class Known:
    """An instrument that the text has told of. `number` is the same for all mentions of one instrument.

    `signed` tells that it has been signed, so that talks are on another one.
    """

    number: int
    noun: str
    form: str
    subject: str
    name: str | None
    parties: tuple[str, ...]
    organisations: tuple[str, ...]
    sentence: int
    signed: bool = False


class Several(NamedTuple):
    """Many instruments told of at once, with their status, for a sentence behind that names some of them."""

    trigger: Trigger
    status: str
    modality: str
    sentence: int


class Deed(NamedTuple):
    """What the text has told last of an instrument, for `X did so`; `partners` are the codes that stand after `with`."""

    status: str
    known: Known
    partners: tuple[str, ...]
    sentence: int


@dataclass
class AgreementMemory:
    """What one document has told so far; `pair`, the sides that it speaks of most, and `home`, its country.

    `title_pair` are the two sides that its headline names, `census` the sides that each of its sentences names, `before` is
    the sentence read last.
    Passed along and updated as its sentences are read.
    """

    pair: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    title_pair: tuple[str, ...] = ()
    census: Sequence[tuple[int, tuple[str, ...]]] = ()
    known: list[Known] = field(default_factory=list)
    numbers: int = 0
    sides: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    firms: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    signed: tuple[date | None, date | None] = (None, None)
    told: tuple[date | None, date | None] = (None, None)
    signed_by: tuple[tuple[str, ...], int] = ((), 0)
    person: tuple[str, ...] = ()
    before: SentenceReading | None = None
    several: Several | None = None
    deed: Deed | None = None
    section: tuple[str, ...] = ()

    def see_sides(self, sentence: int, codes: Sequence[str]) -> None:
        """Keeps the states and blocs that a sentence names."""
        if codes:
            self.sides = [*self.sides[-_KEPT:], (sentence, tuple(dict.fromkeys(codes)))]

    def see_firms(self, sentence: int, names: Sequence[str]) -> None:
        """Keeps the organisations that a sentence names."""
        if names:
            self.firms = [*self.firms[-_KEPT:], (sentence, tuple(dict.fromkeys(names)))]

    def firms_meant(self, size: int, sentence: int) -> tuple[str, ...]:
        """The organisations that `the two companies` point back to; empty if none fit."""
        gathered: dict[str, None] = {}
        for place, names in reversed(self.firms):
            if sentence - place > _FAR:
                break
            gathered |= dict.fromkeys(names)
            if len(gathered) >= size:
                return tuple(sorted(gathered)) if len(gathered) == size else ()
        return ()

    def firms_of(self, sentence: int) -> tuple[str, ...]:
        """The two organisations that a sentence names; empty if it names more or fewer."""
        place, names = self.firms[-1] if self.firms else (-1, ())
        return tuple(sorted(names)) if place == sentence and len(names) == _PAIR else ()

    def sides_of(self, sentence: int) -> tuple[str, ...]:
        """The two or more states and blocs that a sentence names; empty if it names fewer."""
        place, codes = self.sides[-1] if self.sides else (-1, ())
        return tuple(codes) if place == sentence and len(codes) >= _PAIR else ()

    def ahead(self, size: int, sentence: int) -> tuple[str, ...]:
        """The states that `the five states` (size 5) point forward to, named in this sentence and the next ones."""
        gathered: set[str] = set()
        for place, codes in self.census:
            if sentence <= place <= sentence + _NEAR:
                gathered |= set(codes)
                if len(gathered) >= size:
                    return tuple(sorted(gathered)) if len(gathered) == size else ()
        return ()

    def keep(self, known: Known) -> None:
        """Keeps an instrument as the latest one spoken of."""
        self.known = [*(old for old in self.known[-_KEPT:] if old.number != known.number), known]
        self.numbers = max(self.numbers, known.number)

    def next_number(self) -> int:
        """A number for an instrument not told of before."""
        return self.numbers + 1

    def pointed_at(
        self, instrument: Instrument | None, codes: Sequence[str], sentence: int, topic: str | None = None, reach: int = _NEAR
    ) -> Known | None:
        """The instrument that a pronoun (None), a name or a definite phrase points back to.

        `reach` is how many sentences a pronoun may point back. `topic` is the subject that the phrase itself tells: one of the
        same subject is meant before any other.
        """
        if instrument is None:
            near = self.known[-1:] if self.known and sentence - self.known[-1].sentence <= reach else []
            main = [known for known in self.known if reach > _NEAR and set(known.parties) == set(self.title_pair)]
            return next(iter((*near, *main[-1:])), None)
        if instrument.form == "same":
            return None
        latest = [known for known in reversed(self.known) if self._in_section(known)]
        for known in latest:
            if instrument.name and known.name and _alike(instrument.name, known.name) and _compatible(codes, known.parties):
                return known
        fitting = [known for known in latest if self._definite(instrument, known, codes, sentence)]
        same = [known for known in fitting if topic is None or known.subject == topic]
        fitting = same or [known for known in fitting if known.subject in ("other", "partnership")]
        return next(iter(fitting), None) or self._loosely(instrument, codes, sentence, topic)

    def _in_section(self, known: Known) -> bool:
        """Whether an instrument may be meant below a heading that names two sides: it binds both."""
        return not self.section or set(self.section) <= set(known.parties)

    def _loosely(self, instrument: Instrument, codes: Sequence[str], sentence: int, topic: str | None) -> Known | None:
        """The instrument just told of, of whatever form, that a general word points back to: `the pact`, `the accord`."""
        last = self.known[-1] if self.known and self._in_section(self.known[-1]) else None
        plain = instrument.definite and not (instrument.restricted or instrument.plural or instrument.weak or instrument.name)
        bare = instrument.head - instrument.first == 1
        if last is None or not (plain and bare) or instrument.form not in _GENERAL or last.form not in _BINDING:
            return None
        alike = topic is None or topic == last.subject or last.subject in ("other", "partnership")
        near = sentence - last.sentence <= _JUST
        return last if alike and near and last.form != instrument.form and _compatible(codes, last.parties) else None

    def partner_of_others(
        self, instrument: Instrument, codes: Sequence[str], sentence: int, members: Mapping[str, frozenset[str]]
    ) -> tuple[str, ...]:
        """The bloc that is a party to the latest instrument of the same noun or name, told with other states."""
        for known in reversed(self.known):
            named = bool(instrument.name and known.name and _alike(instrument.name, known.name))
            near = sentence - known.sentence <= _FAR and not set(codes) & set(known.parties)
            if near and (named or instrument.noun == known.noun):
                return tuple(party for party in known.parties if party in members)[:1]
        return ()

    def _definite(self, instrument: Instrument, known: Known, codes: Sequence[str], sentence: int) -> bool:
        if not instrument.definite or instrument.plural or sentence - known.sentence > _FAR:
            return False
        if instrument.restricted and not self._now_named(instrument, known, codes):
            return False
        if instrument.name and known.name and not _alike(instrument.name, known.name):
            return False
        if codes and known.organisations and not known.parties:
            return False
        if instrument.weak and instrument.form == "contract" != known.form:
            return False
        same = instrument.form == known.form or {instrument.form, known.form} <= _OPEN_FORMS or instrument.form == "other"
        return same and _compatible(codes, known.parties)

    @staticmethod
    def _now_named(instrument: Instrument, known: Known, codes: Sequence[str]) -> bool:
        """Whether a name is told for an instrument of the same parties that had none."""
        same = instrument.form == known.form and set(codes) == set(known.parties)
        return instrument.name is not None and known.name is None and same and len(codes) >= _PAIR

    def common_side(self) -> tuple[str, ...]:
        """The one side that most of the instruments told of so far share, whose agreements the text is on."""
        counts = Counter(code for known in self.known for code in known.parties)
        first, second = (*counts.most_common(_PAIR), ("", 0), ("", 0))[:_PAIR]
        return (first[0],) if first[1] > _PAIR and first[1] > second[1] else ()

    def group(self, size: int, sentence: int, without: Sequence[str]) -> tuple[str, ...]:
        """The states that `the two countries` (size 2) or `the parties` (0) point back to; empty if none fit."""
        gathered: list[str] = []
        for place, codes in reversed(self.sides):
            if sentence - place > _FAR and place > 0:
                continue
            others = [code for code in codes if code not in without]
            if not gathered and others and size in (0, _PAIR) and self._titled(others, without):
                return tuple(sorted(self.title_pair))
            if gathered and not set(gathered) <= set(others):
                found = self._with_own(gathered, size, without)
                if found:
                    return found
            if others and (size == len(others) or (size == 0 and len(others) >= _PAIR)):
                return tuple(sorted(others))
            gathered.extend(code for code in others if code not in gathered)
            if gathered and (size == len(gathered) or (size == 0 and len(gathered) == _PAIR)):
                return tuple(sorted(gathered))
        return ()

    def _titled(self, latest: Sequence[str], without: Sequence[str]) -> bool:
        """Whether the two sides of the headline are meant: the sentence that named sides last names no other two."""
        return (
            bool(self.title_pair)
            and not set(self.title_pair) & set(without)
            and len(latest) != _PAIR
            and (len(latest) > _PAIR or set(latest) <= set(self.title_pair))
        )

    def just_told(self, sentence: int) -> tuple[str, ...]:
        """The states and blocs of the sentence right before, if it names two or more."""
        codes = self.sides[-1][1] if self.sides and sentence - self.sides[-1][0] == 1 else ()
        return tuple(sorted(codes)) if len(codes) >= _PAIR else ()

    def _with_own(self, gathered: Sequence[str], size: int, without: Sequence[str]) -> tuple[str, ...]:
        """The one state told of last with the text's own, or with the other one of its pair; empty if that makes no two."""
        own = [code for code in (*self.home, *self.pair) if code not in gathered and code not in without]
        return tuple(sorted((*gathered, own[0]))) if len(gathered) == 1 and own and size in (0, _PAIR) else ()

    def remember(self, known: Known, sentence: int, codes: Sequence[str], organisations: Sequence[str]) -> Known:
        """An instrument spoken of again, with the parties that the text has added."""
        parties = known.parties if len(known.parties) > 1 else tuple(sorted({*known.parties, *codes}))
        updated = replace(known, sentence=sentence, parties=parties, organisations=known.organisations or tuple(organisations))
        self.keep(updated)
        return updated


def _alike(first: str, second: str) -> bool:
    """Whether two names mean one instrument: the same words, or the initials of the other."""
    left = [word for word in _WORD.findall(first.lower()) if word not in _SMALL]
    right = [word for word in _WORD.findall(second.lower()) if word not in _SMALL]
    return bool(left and right) and (set(left) == set(right) or _initials(left) == right[0] or _initials(right) == left[0])


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


def _compatible(codes: Sequence[str], parties: Sequence[str]) -> bool:
    return (
        not codes
        or not parties
        or (bool(set(codes) & set(parties)) and (set(codes) <= set(parties) or len(set(codes) & set(parties)) >= 2))
    )
