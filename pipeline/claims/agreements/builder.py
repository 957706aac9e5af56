"""Makes claims of the steps of a sentence: completes parties from what went before, and fills every field.

Finding steps, parties and details belongs to the other `agreement_*` modules; going through a document belongs to `agreements`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.claims.agreements.carried import Carried
from pipeline.claims.agreements.deals import anniversary_year
from pipeline.claims.agreements.details import listed_topics, phrase_topic, place_of, topic
from pipeline.claims.agreements.instruments import Instrument
from pipeline.claims.agreements.memory import AgreementMemory, Known
from pipeline.claims.agreements.organisations import Run
from pipeline.claims.agreements.parties import Parties, Window, clause_window, find_parties, phrase_parties
from pipeline.claims.agreements.status import Sentence, Step, auxiliary_start
from pipeline.claims.agreements.timing import NO_DATE, Calendar, Span, scheduled, status_date
from pipeline.claims.claim import AgreementClaim
from pipeline.claims.confidence import confidence_of
from pipeline.claims.context.reading import Reading, SentenceReading
from pipeline.claims.slots.script import Script
from pipeline.language.names import find_names

_PARTS = re.compile(r"[-–—‑/]")
_OPENING = 3
_PAIR = 2
_REACH = 5
_SCENE = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim with what tells it from a repeat: the instrument's number, and whether a title made it."""

    claim: AgreementClaim
    number: int
    titled: bool


def line_codes(sentence: SentenceReading) -> Iterator[str]:
    """The states within the names of lines and of companies made for them: `the China-Kyrgyzstan-Uzbekistan railway`."""
    for name in sentence.names:
        if name.kind in ("corridor", "railway", "company"):
            for part in _PARTS.split(name.text):
                yield from (code for mark in find_names(part) if mark.kind == "country" for code in mark.codes)


@dataclass(frozen=True, slots=True)
class Builder:
    """Makes claims of the steps of one sentence."""

    reading: Reading
    sentence: SentenceReading
    view: Sentence
    runs: Sequence[Run]
    memory: AgreementMemory
    carried: Carried
    script: Script
    told: dict[Instrument, Known] = field(default_factory=dict)

    def candidates(self, step: Step) -> Iterator[Candidate]:
        """The claims of a step: one, or one for each pair or subject of a list; none where no party can be told."""
        named = self._with_firms(step, find_parties(self.view, step, self.runs))
        pairs = self._pairs(step, named)
        for codes in pairs:
            yield from self._candidates(step, replace(named, codes=codes, collective=None, partnered=False), None)
        if not pairs:
            yield from self._candidates(step, named, self._known(step, named))

    def _with_firms(self, step: Step, named: Parties) -> Parties:
        """The parties with the organisations that words such as `the two companies` stand for."""
        if named.codes or named.organisations:
            return named
        window = clause_window(self.view, step)
        words = self.view.line.words
        match = self.view.lexicon.firms.search(self.view.folded, words[window.first].start, words[window.end - 1].end)
        if match is None:
            return named
        size = self.view.lexicon.grammar.numbers.index(match.group(1)) + 1
        return replace(named, organisations=self.memory.firms_meant(size, self.sentence.index))

    def _pairs(self, step: Step, named: Parties) -> list[tuple[str, ...]]:
        """The pairs that a sentence tells an instrument for each of: `A and B each signed a pact with C`."""
        if not named.partners or not step.instrument or not self._distributed(step, step.instrument):
            return []
        subjects: Sequence[str] = [code for code in named.codes if code not in named.partners]
        if not subjects and "each" in self.view.between(0, step.governor.first):
            subjects = self.memory.group(0, self.sentence.index, named.partners)
        pairs = [tuple(sorted((code, partner))) for code in subjects for partner in named.partners]
        return pairs if len(pairs) > 1 else []

    def _distributed(self, step: Step, instrument: Instrument) -> bool:
        """Whether a word such as `each` stands by the verb, or one such as `separate` by a plural noun."""
        words = self.view.lexicon.distributive
        verbal = words.verbal & set(self.view.between(step.governor.first - _REACH, step.governor.end + 1))
        between = self.view.between(min(instrument.first, step.governor.end), instrument.head)
        return bool(verbal) or (instrument.plural and bool(words.nominal & set(between)))

    def _candidates(self, step: Step, named: Parties, known: Known | None) -> Iterator[Candidate]:
        window = clause_window(self.view, step)
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
        if step.instrument:
            self.told[step.instrument] = kept
        topics = listed_topics(self.view, step.instrument) if step.instrument else []
        for subject in topics or [kept.subject]:
            titled = self.sentence.sentence.kind in ("title", "heading")
            yield Candidate(self._claim(step, window, kept, subject, named), kept.number, titled)

    def _known(self, step: Step, named: Parties) -> Known | None:
        """The instrument of a step, if the sentence or the text before has told of it."""
        if step.free_form:
            return None
        same = self.told.get(step.instrument) if step.instrument else None
        if same and set(named.codes) <= set(same.parties):
            return same
        about = phrase_topic(self.view, step.instrument)
        known = self.memory.pointed_at(step.instrument, named.codes, self.sentence.index, about)
        if known is None and step.status == "ratified" and len(named.codes) == 1:
            known = self.memory.pointed_at(step.instrument, (), self.sentence.index, about)
            return known if known and self._member(named.codes[0], known.parties) else None
        return known

    def _member(self, code: str, parties: Sequence[str]) -> bool:
        """Whether a bloc among the parties has a state as its member."""
        return any(code in self.view.lexicon.members.get(party, ()) for party in parties)

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

    def anniversaries(self, told: Sequence[Step]) -> Iterator[Candidate]:
        """An anniversary of an instrument says that it is in force since its year."""
        for step, years in anniversary_year(self.view, told):
            published = self.reading.document.published_on
            for candidate in self.candidates(step):
                year = published.year - years if published else None
                span = (date(year, 1, 1), date(year, 12, 31)) if year and year > 0 else NO_DATE
                yield replace(candidate, claim=replace(candidate.claim, date_start=span[0], date_end=span[1]))

    def _codes(self, named: Parties, known: Known | None, step: Step) -> tuple[str, ...]:
        codes = self._without_members(named.codes) if step.status == "ratified" else named.codes
        more = known is not None and (named.collective or 0) > len(known.parties)
        if known and known.parties and not more:
            ratifier = step.status == "ratified" and len(codes) == 1 and self._member(codes[0], known.parties)
            if ratifier or set(codes) <= set(known.parties):
                return known.parties
        if len(codes) + len(named.organisations) >= 2 and (not named.partnered or len(codes) == 1):
            return codes
        for found in self._supplied(named, step):
            if found:
                return tuple(sorted({*codes, *found}))
        return codes

    def _supplied(self, named: Parties, step: Step) -> Iterator[tuple[str, ...]]:
        """What may supply parties that the clause leaves unsaid, the surest first."""
        codes, organised = named.codes, bool(named.organisations)
        if len(codes) == 1 and not organised:
            yield self._met(step, codes)
            yield self._same_partner(step, codes)
        if named.collective is not None and not organised:
            line = tuple(sorted(set(line_codes(self.sentence)) - set(codes)))
            yield line if len(line) == named.collective else ()
            yield self._without_members(self.memory.group(named.collective, self.sentence.index, codes))
            yield self._named_later(step)
            if named.collective > _PAIR:
                yield self.memory.ahead(named.collective, self.sentence.index)
        if len(codes) == 1 and step.status in ("ratified", "in_force") and set(codes) <= set(line_codes(self.sentence)):
            yield tuple(sorted(set(line_codes(self.sentence))))
        if codes or organised:
            yield named.spare[:1]
        elif len(named.spare) == _PAIR:
            yield named.spare
        if named.partnered and not organised:
            yield self._other_side(codes)
        if not codes and not organised and self._may_point_back(step):
            spoken = self._spoken(self.view.line.words[step.governor.first].start)
            yield tuple(spoken) if len(spoken) >= _PAIR else ()
            yield self.memory.just_told(self.sentence.index) or self.memory.group(_PAIR, self.sentence.index, ())
        if not organised:
            yield self._implied(step, codes)

    def _implied(self, step: Step, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The sides that the text as a whole is on, for an instrument that a sentence ties to one of them or to none."""
        pair = self.memory.title_pair or (self.memory.pair if codes else ())
        joining = step.status == "signed" and not step.governor.meaning.strong
        firm = step.instrument is not None and step.instrument.form == "contract"
        multilateral = step.instrument is not None and step.instrument.form == "treaty" and step.instrument.name is not None
        if len(codes) > 1 or joining or firm or multilateral or not set(codes) <= set(pair) or self.view.line.titled:
            return ()
        return tuple(pair) if codes or (step.instrument and (step.instrument.definite or step.governor.meaning.strong)) else ()

    def _met(self, step: Step, codes: Sequence[str]) -> tuple[str, ...]:
        """The guest and the host that `they` means: `when A's president visited B, they signed a pact`."""
        if self.view.word(auxiliary_start(self.view, step.governor.first) - 1) != "they":
            return ()
        end = self.view.line.words[step.governor.first].start
        before = {
            code
            for name in self.sentence.names
            if name.end <= end and name.kind in ("country", "bloc", "person")
            for code in name.codes
            if code not in self.view.lexicon.not_party
        }
        return tuple(sorted(before)) if len(before) == _PAIR and set(codes) <= before else ()

    def _same_partner(self, step: Step, codes: Sequence[str]) -> tuple[str, ...]:
        """The bloc that others have an instrument of the kind with: `B signed an accord of its own`."""
        instrument, words = step.instrument, self.view.lexicon.another
        if instrument is None:
            return ()
        behind = {" ".join(self.view.between(instrument.head_end, instrument.head_end + length)) for length in (3, 4)}
        if not behind & words.behind and not set(self.view.between(instrument.first, instrument.head)) & words.before:
            return ()
        return self.memory.partner_of_others(instrument, codes, self.sentence.index, self.view.lexicon.members)

    def _other_side(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The side that `with X` leaves unsaid: one that the sentence names before, else the heading's or the text's own."""
        spoken = [code for code in self._spoken(self.sentence.end) if code not in codes]
        own = [
            code
            for code in (*spoken, *self.carried.home, *self.memory.pair)
            if code not in (*codes, *self.view.lexicon.not_party)
        ]
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
        if instrument.form == "contract" and not instrument.definite:
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
        calendar = Calendar(self.reading.document.published_on, self.carried.year, self.memory.told)
        span = status_date(self.view, step, window, self.sentence.dates, calendar)
        if span is None:
            span = self._carried_date(step)
        if step.status == "signed" and step.modality == "reported" and span != NO_DATE:
            self.memory.signed = span
        if step.modality == "reported" and span[1]:
            self.memory.told = span
        place = place_of(self.view, step, window) or (self.carried.place if span == self.carried.date else None)
        start, end = self.sentence.start, self.sentence.end
        published = self.reading.document.published_on
        modality = step.modality
        ahead = (
            published is not None and span[0] is not None and span[0] > published and step.status in ("in_force", "terminated")
        )
        if modality == "reported" and (ahead or (span == NO_DATE and scheduled(self.view, step))):
            modality = "target"
        signs = _signs(step, named, span, self.view.line.titled)
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
            attributed_to=self.script.speaker(self.sentence.index, self.view.line.words[step.governor.first]),
            evidence=self.reading.document.text[start:end],
            evidence_start=start,
            evidence_end=end,
            confidence=confidence_of("agreement", signs),
            signs=signs,
        )

    def _carried_date(self, step: Step) -> Span:
        if step.modality != "reported":
            return NO_DATE
        text = self.reading.folded[self.sentence.start : self.sentence.end]
        if self.view.lexicon.same_day.find(text):
            return self.carried.day
        if self.view.lexicon.same_occasion.find(text):
            return self.memory.signed
        settled = step.status in ("signed", "agreed", "initialed") and step.governor.meaning.construction != "content"
        near = self.sentence.index - self.carried.scene_sentence <= _SCENE or step.governor.meaning.construction == "list"
        spans = (self.carried.date, self.carried.frame, self.carried.scene if settled and near else NO_DATE)
        return next((span for span in spans if span != NO_DATE), NO_DATE)


def _signs(step: Step, named: Parties, span: Span, titled: bool) -> tuple[str, ...]:
    """What of a sentence makes its agreement surer: a plain word of status, both parties, a date; a headline, less so."""
    signs = {
        "strong": step.governor.meaning.strong,
        "both_named": len(named.codes) + len(named.organisations) >= len(("one", "other")),
        "dated": any(span),
        "named": step.instrument is not None and step.instrument.name is not None,
        "reported": step.modality == "reported",
        "signed": step.status == "signed",
        "in_heading": titled,
    }
    return tuple(sign for sign, shown in signs.items() if shown)
