"""Agreement claims: reads a document sentence by sentence and tells where each instrument between parties stands.

Bringing instruments, triggers, parties and details together belongs here; each of them is found by a module of its own
(`agreement_*`). Quantities and events belong elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.claims.agreement_deals import anniversary_year, exchange_deals, upgrades
from pipeline.claims.agreement_details import Span, listed_topics, phrase_topic, place_of, scheduled, status_date, topic
from pipeline.claims.agreement_instruments import Line, find_instruments
from pipeline.claims.agreement_lexicon import AgreementLexicon, Head, Trigger, agreement_lexicon
from pipeline.claims.agreement_memory import AgreementMemory, Known
from pipeline.claims.agreement_organisations import Run, capitalised_runs
from pipeline.claims.agreement_parties import Parties, Window, clause_window, find_parties, phrase_parties
from pipeline.claims.agreement_people import learn_people
from pipeline.claims.agreement_status import Sentence, Step, governors, steps
from pipeline.claims.claim import AgreementClaim
from pipeline.claims.outline import begin_memory
from pipeline.claims.reading import Reading, SentenceReading, within, words
from pipeline.language.marks import NameMark
from pipeline.language.names import find_names
from pipeline.language.phrases import PhraseMark

_PARTS = re.compile(r"[-–—‑/]")
_LONGEST_SENTENCE = 400
_OPENING = 3
_PAIR = 2
_SOVIET_END = date(1991, 12, 26)
_NO_DATE: Span = (None, None)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The lexicon marks of a whole document, each list by place."""

    heads: Sequence[PhraseMark[Head]]
    not_heads: Sequence[PhraseMark[None]]
    triggers: Sequence[PhraseMark[Trigger]]
    ranks: Sequence[PhraseMark[None]]
    agree: Sequence[PhraseMark[None]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A claim with what tells it from a repeat: the instrument's number, and whether a title made it."""

    claim: AgreementClaim
    number: int
    titled: bool


def agreement_claims(reading: Reading) -> list[AgreementClaim]:
    """All agreement claims of a document in the order of the text, each instrument and status once."""
    lexicon = agreement_lexicon()
    marks = _Marks(
        lexicon.heads.find(reading.folded),
        lexicon.not_heads.find(reading.folded),
        lexicon.triggers.find(reading.folded),
        lexicon.upgrade.ranks.find(reading.folded),
        lexicon.agree.find(reading.folded),
    )
    people = learn_people(reading.document.text, [name for sentence in reading.sentences for name in sentence.names], lexicon)
    memory = AgreementMemory(pair=begin_memory(reading).pair)
    candidates: list[_Candidate] = []
    carried = _Carried(frame=_review_year(reading, lexicon))
    published = reading.document.published_on
    soviet = published is not None and published < _SOVIET_END
    for plain in reading.sentences:
        sentence = _peopled(plain, people, soviet)
        carried = carried.into(reading, sentence, lexicon)
        found = list(_read_sentence(reading, sentence, marks, memory, carried, lexicon))
        candidates.extend(found)
        memory.see_sides(sentence.index, [code for code in _side_codes(sentence) if code not in lexicon.not_party])
        for candidate in found:
            if len(candidate.claim.parties) >= 2:
                memory.see_sides(sentence.index, candidate.claim.parties)
    return [candidate.claim for candidate in _without_repeats(candidates)]


def _review_year(reading: Reading, lexicon: AgreementLexicon) -> Span:
    """The year that a review of the year looks back on; no date for any other text."""
    published = reading.document.published_on
    head = reading.folded[: reading.sentences[0].end] if reading.sentences else ""
    if published is None or not lexicon.reviews.find(f"{reading.document.title or ''} {head}".lower()):
        return _NO_DATE
    year = published.year if published.month > 1 else published.year - 1
    return date(year, 1, 1), date(year, 12, 31)


def _peopled(sentence: SentenceReading, people: Sequence[NameMark], soviet: bool) -> SentenceReading:
    """The sentence with the statesmen that the text has introduced; in a text of Soviet times Moscow stands for that union."""
    found = within(people, sentence.start, sentence.end)
    if soviet:
        names = (replace(mark, codes=("SUN",)) if mark.codes == ("RUS",) else mark for mark in (*sentence.names, *found))
        return replace(sentence, names=tuple(sorted(names, key=lambda mark: mark.start)))
    return replace(sentence, names=tuple(sorted((*sentence.names, *found), key=lambda mark: mark.start))) if found else sentence


def _side_codes(sentence: SentenceReading) -> Iterator[str]:
    """The states and blocs that a sentence names, those within the names of lines and companies included."""
    for name in sentence.names:
        if name.kind in ("country", "bloc", "person"):
            yield from name.codes
    yield from _line_codes(sentence)


def _line_codes(sentence: SentenceReading) -> Iterator[str]:
    """The states within the names of lines and of companies made for them: `the China-Kyrgyzstan-Uzbekistan railway`."""
    for name in sentence.names:
        if name.kind in ("corridor", "railway", "company"):
            for part in _PARTS.split(name.text):
                yield from (code for mark in find_names(part) if mark.kind == "country" for code in mark.codes)


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a dateline, a heading or the sentence before an enumeration sets for what follows, and the last day told of."""

    date: Span = _NO_DATE
    place: str | None = None
    paragraph: int = -1
    day: Span = _NO_DATE
    lead: bool = False
    leading: Span = _NO_DATE
    topics: tuple[str, ...] = ()
    frame: Span = _NO_DATE
    home: tuple[str, ...] = ()

    def into(self, reading: Reading, sentence: SentenceReading, lexicon: AgreementLexicon) -> "_Carried":
        """What holds for a sentence, given what held for the one before."""
        text = reading.folded[sentence.start : sentence.end]
        days = [mark for mark in sentence.dates if mark.date_start is not None and mark.date_start == mark.date_end]
        current = self if self.paragraph == sentence.sentence.paragraph else replace(self, date=_NO_DATE, place=None)
        if self.lead and (sentence.sentence.kind == "item" or text[:1].isdigit()):
            current = replace(current, date=self.leading)
        elif self.lead and sentence.sentence.kind != "item" and self.paragraph != sentence.sentence.paragraph:
            current = replace(current, lead=False, leading=_NO_DATE)
        if len(text.split()) <= 5 and sentence.dates and sentence.dates[0].date_start:
            place = next((name.text for name in sentence.names if name.kind == "place" or name.form == "capital"), None)
            dated = sentence.dates[0]
            current = replace(current, date=(dated.date_start, dated.date_end), place=place)
        if text.rstrip().endswith(":"):
            current = replace(current, lead=True, leading=self.day if "that day" in text or "same day" in text else _NO_DATE)
        if sentence.sentence.kind in ("title", "heading"):
            about = [mark.meaning for mark in lexicon.subjects.find(text) if mark.meaning not in lexicon.generic_subjects]
            owners = {code for name in sentence.names if name.kind in ("country", "bloc") for code in name.codes}
            current = replace(
                current, topics=tuple(about) or self.topics, home=tuple(owners) if len(owners) == 1 else self.home
            )
        day = (days[-1].date_start, days[-1].date_end) if days else self.day
        return replace(current, paragraph=sentence.sentence.paragraph, day=day)


def _read_sentence(
    reading: Reading,
    sentence: SentenceReading,
    marks: _Marks,
    memory: AgreementMemory,
    carried: _Carried,
    lexicon: AgreementLexicon,
) -> Iterator[_Candidate]:
    start, end = sentence.start, sentence.end
    triggers = within(marks.triggers, start, end)
    ranks, agree = within(marks.ranks, start, end), within(marks.agree, start, end)
    heads = _heads(sentence, within(marks.heads, start, end), lexicon)
    if not (triggers or ranks or agree) and not heads:
        return
    tokens = words(reading.folded, start, end)
    if len(tokens) > _LONGEST_SENTENCE:
        return
    line = Line(reading.document.text, tokens, sentence.names, _titled(reading, sentence))
    found = governors(line, triggers)
    stops = frozenset(each.first for each in found if each.meaning.construction in ("verb", "state"))
    blocked = [(mark.start, mark.end) for mark in within(marks.not_heads, start, end)]
    instruments = find_instruments(line, heads, blocked, stops, lexicon)
    view = Sentence(line, instruments, found, reading.folded, lexicon)
    runs = capitalised_runs(line, instruments, lexicon, frozenset())
    told = [step for step in (_settled(view, step) for step in steps(view)) if step and not _idle(step)]
    told += upgrades(view, ranks, told)
    told += exchange_deals(view, agree, told)
    builder = _Builder(reading, sentence, view, runs, memory, carried, memory.pair)
    for step in told:
        yield from builder.candidates(step)
    builder.keep_untold(told)
    yield from builder.anniversaries(told)


def _heads(
    sentence: SentenceReading, marks: Sequence[PhraseMark[Head]], lexicon: AgreementLexicon
) -> list[tuple[int, int, Head]]:
    """The nouns of a sentence that name instruments, with the blocs that are called by their agreement."""
    blocs = [
        (name.start, name.end, lexicon.bloc_heads[name.codes[0]])
        for name in sentence.names
        if name.kind == "bloc" and len(name.codes) == 1 and name.codes[0] in lexicon.bloc_heads
    ]
    plain = [
        (mark.start, mark.end, mark.meaning)
        for mark in marks
        if not any(start < mark.end and mark.start < end for start, end, _ in blocs)
    ]
    return sorted((*plain, *blocs), key=lambda head: head[:2])


def _idle(step: Step) -> bool:
    """Whether a weak trigger governs a weak noun that names nothing known: `agreed to purchase`, `won an order`."""
    return (
        step.instrument is not None
        and step.instrument.weak
        and not step.governor.meaning.strong
        and not step.instrument.definite
    )


def _titled(reading: Reading, sentence: SentenceReading) -> bool:
    """Whether capitals mean nothing in a sentence: it is all in capitals, or most of its longer words begin with one."""
    text = reading.document.text[sentence.start : sentence.end]
    longer = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return text.isupper() or (
        sentence.sentence.kind in ("title", "heading") and sum(word[0].isupper() for word in longer) > 0.6 * len(longer)
    )


def _settled(view: Sentence, step: Step) -> Step | None:
    """The step with an approval told to be a ratification, or None if nobody who ratifies gave it."""
    if step.status != "approved":
        return step
    window = clause_window(view, step)
    start, end = view.line.words[window.first].start, view.line.words[window.end - 1].end
    return replace(step, status="ratified") if view.lexicon.approvers.find(view.folded[start:end]) else None


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes claims of the steps of one sentence."""

    reading: Reading
    sentence: SentenceReading
    view: Sentence
    runs: Sequence[Run]
    memory: AgreementMemory
    carried: _Carried
    home: tuple[str, ...]

    def candidates(self, step: Step) -> Iterator[_Candidate]:
        """The claims of a step: one, or one for each subject of a list; none where no party can be told."""
        window = clause_window(self.view, step)
        named = find_parties(self.view, step, self.runs)
        known = (
            None
            if step.free_form
            else self.memory.pointed_at(
                step.instrument, named.codes, self.sentence.index, phrase_topic(self.view, step.instrument)
            )
        )
        if known is None and not step.free_form and self._unfounded(step):
            return
        codes = self._codes(named, known, step)
        if not codes and not named.organisations and not (known and known.organisations):
            return
        few = len(named.codes) + len(named.organisations) < _PAIR
        meaning = step.governor.meaning
        if (few and (meaning.partnered or self._concord(step))) or (meaning.construction == "content" and (few or known)):
            return
        kept = self._keep(step, window, named, codes, known)
        topics = listed_topics(self.view, step.instrument) if step.instrument else []
        for subject in topics or [kept.subject]:
            titled = self.sentence.sentence.kind in ("title", "heading")
            yield _Candidate(self._claim(step, window, kept, subject, named), kept.number, titled)

    def keep_untold(self, told: Sequence[Step]) -> None:
        """Keeps instruments that the sentence names with their parties but tells no status of, for those that follow."""
        used = [step.instrument for step in told]
        for instrument in self.view.instruments:
            parties = phrase_parties(self.view, instrument.first, instrument.end)
            if instrument in used or instrument.weak or instrument.plural or len(parties) < _PAIR:
                continue
            if self.memory.pointed_at(instrument, parties, self.sentence.index) is None:
                window = Window(instrument.first, max(instrument.end, instrument.head_end))
                subject = topic(self.view, instrument, window, self.carried.topics, False)
                number = self.memory.next_number()
                self.memory.keep(
                    Known(number, instrument.noun, instrument.form, subject, instrument.name, parties, (), self.sentence.index)
                )

    @staticmethod
    def _unfounded(step: Step) -> bool:
        """Whether what a step is about is no instrument by itself: a pronoun, or a weak noun that no strong trigger governs."""
        return step.instrument is None or (step.instrument.weak and not step.governor.meaning.strong)

    def _concord(self, step: Step) -> bool:
        """Whether a bare `agreement` means being of one mind, as in `reached agreement on sanctions`."""
        instrument = step.instrument
        return (
            instrument is not None
            and instrument.first == instrument.head
            and not instrument.plural
            and instrument.noun == "agreement"
            and not instrument.name
        )

    def anniversaries(self, told: Sequence[Step]) -> Iterator[_Candidate]:
        """An anniversary of an instrument says that it is in force since its year."""
        for step, years in anniversary_year(self.view, told):
            published = self.reading.document.published_on
            for candidate in self.candidates(step):
                year = published.year - years if published else None
                span = (date(year, 1, 1), date(year, 12, 31)) if year and year > 0 else _NO_DATE
                yield replace(candidate, claim=replace(candidate.claim, date_start=span[0], date_end=span[1]))

    def _codes(self, named: Parties, known: Known | None, step: Step) -> tuple[str, ...]:
        codes = named.codes
        more = known is not None and (named.collective or 0) > len(known.parties)
        if known and known.parties and set(codes) <= set(known.parties) and not more:
            return known.parties
        if len(codes) + len(named.organisations) >= 2:
            return codes
        for found in self._supplied(named, step):
            if found:
                return tuple(sorted({*codes, *found}))
        return codes

    def _supplied(self, named: Parties, step: Step) -> Iterator[tuple[str, ...]]:
        """What may supply parties that the clause leaves unsaid, the surest first."""
        codes, organised = named.codes, bool(named.organisations)
        if named.collective is not None and not organised:
            line = tuple(sorted(set(_line_codes(self.sentence)) - set(codes)))
            yield line if len(line) == named.collective else ()
            yield self._without_members(self.memory.group(named.collective, self.sentence.index, codes))
            yield self._named_later(step)
        if len(codes) == 1 and step.status in ("ratified", "in_force") and set(codes) <= set(_line_codes(self.sentence)):
            yield tuple(sorted(set(_line_codes(self.sentence))))
        if codes or organised:
            yield named.spare[:1]
        elif len(named.spare) == _PAIR:
            yield named.spare
        if named.partnered and not organised:
            yield self._other_side(codes)
        if not codes and not organised and self._may_point_back(step):
            spoken = self._spoken(self.view.line.words[step.governor.first].start)
            yield tuple(spoken) if len(spoken) >= _PAIR else ()
            yield self.memory.group(_PAIR, self.sentence.index, ())

    def _other_side(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The side that `with X` leaves unsaid: one that the sentence names before, else the heading's or the text's own."""
        spoken = [code for code in self._spoken(self.sentence.end) if code not in codes]
        own = [code for code in (*spoken, *self.carried.home, *self.home) if code not in (*codes, *self.view.lexicon.not_party)]
        return tuple(own[:1])

    def _spoken(self, end: int) -> list[str]:
        """The states and blocs that the sentence names before a place, where they are not mere places."""
        view = self.view
        found: list[str] = []
        for name in self.sentence.names:
            before = view.word(view.line.index_at(name.start) - 1)
            if (
                name.end <= end
                and name.kind in ("country", "bloc", "person")
                and before not in view.lexicon.locatives
                and before != "to"
            ):
                found.extend(code for code in name.codes if code not in view.lexicon.not_party)
        return list(dict.fromkeys(found))

    def _without_members(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The codes without those that a bloc among them stands for."""
        members = {member for code in codes for member in self.view.lexicon.members.get(code, ())}
        return tuple(code for code in codes if code not in members)

    def _may_point_back(self, step: Step) -> bool:
        """Whether an instrument without parties may be one of those named before: signed or the like, and not known itself."""
        instrument = step.instrument
        telling = step.governor.meaning.strong or step.status in ("proposed", "negotiating")
        if instrument is None or self.view.line.titled or not telling:
            return False
        return not instrument.definite or self.sentence.index <= _OPENING or instrument.restricted

    def _named_later(self, step: Step) -> tuple[str, ...]:
        """Two states that the rest of the sentence names: `both sides signed it after talks between X and Y`."""
        after = self.view.line.words[step.governor.end - 1].end
        codes = {
            code
            for name in self.sentence.names
            if name.start >= after and name.kind in ("country", "bloc", "person") and name.form != "capital"
            for code in name.codes
        } - self.view.lexicon.not_party
        return tuple(sorted(codes)) if len(codes) == 2 else ()

    def _keep(self, step: Step, window: Window, named: Parties, codes: tuple[str, ...], known: Known | None) -> Known:
        instrument = step.instrument
        if known:
            if instrument and instrument.name and not known.name:
                known = replace(known, name=instrument.name)
            return self.memory.remember(known, self.sentence.index, codes, named.organisations)
        form = step.free_form or (instrument.form if instrument else "agreement")
        if form == "agreement" and named.organisations and len(codes) < 2:
            form = "contract"
        subject = step.free_subject or topic(self.view, instrument, window, self.carried.topics, bool(named.organisations))
        kept = Known(
            self.memory.next_number(),
            instrument.noun if instrument else "",
            form,
            subject,
            instrument.name if instrument else None,
            codes,
            named.organisations,
            self.sentence.index,
        )
        self.memory.keep(kept)
        return kept

    def _claim(self, step: Step, window: Window, kept: Known, subject: str, named: Parties) -> AgreementClaim:
        span = status_date(self.view, step, window, self.sentence.dates, self.reading.document.published_on)
        if span is None:
            span = self._carried_date(step)
        place = place_of(self.view, step, window) or (self.carried.place if span == self.carried.date else None)
        start, end = self.sentence.start, self.sentence.end
        published = self.reading.document.published_on
        modality = step.modality
        ahead = (
            published is not None and span[0] is not None and span[0] > published and step.status in ("in_force", "terminated")
        )
        if modality == "reported" and (ahead or (span == _NO_DATE and scheduled(self.view, step))):
            modality = "target"
        return AgreementClaim(
            name=kept.name,
            form=kept.form,
            subject=subject,
            status=step.status,
            modality=modality,
            parties=kept.parties,
            organisations=kept.organisations,
            date_start=span[0],
            date_end=span[1],
            place=place,
            attributed_to=None,
            evidence=self.reading.document.text[start:end],
            evidence_start=start,
            evidence_end=end,
            confidence=_confidence(step, named, span, self.view.line.titled),
        )

    def _carried_date(self, step: Step) -> Span:
        if step.modality != "reported":
            return _NO_DATE
        text = self.reading.folded[self.sentence.start : self.sentence.end]
        if any(phrase in text for phrase in ("that day", "the same day", "on the day of", "the day of")):
            return self.carried.day
        return self.carried.date if self.carried.date != _NO_DATE else self.carried.frame


def _confidence(step: Step, named: Parties, span: Span, titled: bool) -> float:
    """How far the claim is to be trusted, from what the sentence says itself; plain weights, not yet calibrated."""
    score = 0.45
    score += 0.15 if step.governor.meaning.strong else 0.0
    score += 0.15 if len(named.codes) + len(named.organisations) >= 2 else 0.0
    score += 0.1 if span[0] or span[1] else 0.0
    score += 0.05 if step.instrument and step.instrument.name else 0.0
    score -= 0.15 if titled else 0.0
    return round(min(max(score, 0.05), 0.95), 2)


def _without_repeats(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Each status of each instrument once, the body before the title, the dated before the undated; by place in the text."""
    kept: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda each: each.titled):
        if not any(_repeats(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda each: (each.claim.evidence_start, each.number))


def _repeats(candidate: _Candidate, other: _Candidate) -> bool:
    first, second = candidate.claim, other.claim
    if candidate.titled:
        shared = {*first.parties, *first.organisations} & {*second.parties, *second.organisations}
        return bool(shared) or not first.parties
    if first.status != second.status or first.modality != second.modality:
        return False
    if first.evidence_start == second.evidence_start:
        return candidate.number == other.number and first.subject == second.subject
    return candidate.number == other.number
