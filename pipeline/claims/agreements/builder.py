"""Makes claims of the steps of a sentence: completes parties from what went before, and fills every field.

Finding steps, parties and details belongs to the other `agreement_*` modules; going through a document belongs to `agreements`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.claims.agreements.carried import Carried
from pipeline.claims.agreements.completion import Completion
from pipeline.claims.agreements.deals import anniversary_year
from pipeline.claims.agreements.details import listed_topics, phrase_topic, place_of, topic
from pipeline.claims.agreements.instruments import Instrument, Line
from pipeline.claims.agreements.memory import AgreementMemory, Deed, Known, Several
from pipeline.claims.agreements.organisations import Run, capitalised_runs
from pipeline.claims.agreements.parties import Parties, find_parties, phrase_parties
from pipeline.claims.agreements.status import ECHO, Sentence, Step, auxiliary_start, is_passive
from pipeline.claims.agreements.steps import settles
from pipeline.claims.agreements.timing import NO_DATE, Calendar, Span, scheduled, status_date
from pipeline.claims.agreements.windows import Window, clause_window
from pipeline.claims.claim import AgreementClaim
from pipeline.claims.confidence import confidence_of
from pipeline.claims.context.reading import Reading, SentenceReading
from pipeline.claims.context.reading import words as read_words
from pipeline.claims.slots.script import Script

_PAIR = 2
_REACH = 5
_EVENT_REACH = 14
_SCENE, _COMING = 8, 2
_OPENS = 3
_NEXT_TOLD = 3
_YEAR = 366
_SETTLED = ("signed", "agreed", "initialed")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim with what tells it from a repeat: the instrument's number, whether it is of several, and if a title made it."""

    claim: AgreementClaim
    number: int
    titled: bool
    several: bool

    @property
    def undated(self) -> bool:
        """Whether a claim of something that happens once lacks its date: one that has it tells more."""
        once = self.claim.status in ("signed", "initialed", "ratified", "in_force", "terminated")
        return once and not (self.claim.date_start or self.claim.date_end)

    def named(self, names: Mapping[int, str]) -> "Candidate":
        """The same with the name that the text has given its instrument elsewhere, if it has."""
        name = self.claim.name or names.get(self.number)
        return replace(self, claim=replace(self.claim, name=name))


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

    @property
    def completion(self) -> Completion:
        """What completes the parties of the sentence."""
        return Completion(self.sentence, self.view, self.memory, self.carried, self.script)

    def candidates(self, step: Step) -> Iterator[Candidate]:
        """The claims of a step: one, or one for each pair or subject of a list; none where no party can be told."""
        named = self._with_firms(step, find_parties(self.view, step, self.runs))
        if step.status == ECHO:
            yield from self._echoed(step, named)
            return
        step = self._other_partner(step, named)
        pairs = self._pairs(step, named)
        for codes in pairs:
            alone = replace(named, codes=codes, collective=None, partnered=False)
            span = self._own_date(step, codes)
            for candidate in self._candidates(step, alone, None):
                start, end = span or (candidate.claim.date_start, candidate.claim.date_end)
                yield replace(candidate, claim=replace(candidate.claim, date_start=start, date_end=end))
        if not pairs:
            yield from self._candidates(step, named, self._known(step, named))

    def _echoed(self, step: Step, named: Parties) -> Iterator[Candidate]:
        """What was told last, told of another side, of the same instrument or of one like it: `Chile did so in May`."""
        deed = self.memory.deed
        if deed is None or self.sentence.index - deed.sentence > 1:
            return
        step, known = replace(step, status=deed.status), deed.known
        bound = all(code in known.parties or self.completion.member(code, known.parties) for code in named.codes)
        if deed.status == "ratified" and not bound:
            return
        if bound:
            whose = self.view.lexicon.approvers.find(self.view.folded[self.sentence.start : self.sentence.end])
            if named.codes or (deed.status == "ratified" and whose):
                partners = tuple(code for code in deed.partners if code not in named.codes)
                alone = replace(named, codes=(), organisations=(), collective=None, partners=partners)
                yield from self._candidates(step, alone, known)
            return
        whole = len(named.codes) >= _PAIR and (named.partners or not deed.partners)
        codes = named.codes if whole else tuple(sorted({*named.codes, *deed.partners}))
        if len(codes) >= _PAIR:
            step = replace(step, free_form=known.form, free_subject=known.subject)
            partners = named.partners or deed.partners
            yield from self._candidates(step, replace(named, codes=codes, collective=None, partners=partners), None)

    def _with_firms(self, step: Step, named: Parties) -> Parties:
        """The parties with the organisations that words such as `the two companies` stand for."""
        joined = self._firms_joined(step) if not named.organisations else ()
        if joined:
            return replace(named, codes=(), organisations=joined)
        subject = self._firm_meant(step) if not named.organisations and not step.passive else None
        if subject:
            return replace(named, organisations=(subject,))
        if named.codes or named.organisations:
            return named
        window = clause_window(self.view, step)
        words = self.view.line.words
        match = self.view.lexicon.firms.search(self.view.folded, words[window.first].start, words[window.end - 1].end)
        if match is None:
            return replace(named, organisations=self._pair_of_firms(step))
        return self._several_meant(named, self.view.lexicon.grammar.numbers.index(match.group(1)) + 1)

    def _several_meant(self, named: Parties, size: int) -> Parties:
        """The parties that a number of firms or sides stands for: two statesmen's states, a state and a firm, or firms."""
        if named.collective is not None and len(self._states_met()) == size:
            return named
        last = self.memory.known[-1] if self.memory.known else None
        if last and last.parties and last.organisations and len(last.parties) + len(last.organisations) == size:
            return replace(named, codes=last.parties, organisations=last.organisations)
        return replace(named, organisations=self.memory.firms_meant(size, self.sentence.index))

    def _states_met(self) -> tuple[str, ...]:
        """The states of those whom a sentence names."""
        met = (
            name.codes for name in self.sentence.names if name.kind in ("country", "bloc", "person") and len(name.codes) == 1
        )
        return tuple(dict.fromkeys(codes[0] for codes in met))

    def _firms_joined(self, step: Step) -> tuple[str, ...]:
        """The two firms that `they` stands for: those that the sentence before says to have agreed on something."""
        before, subject = self.memory.before, auxiliary_start(self.view, step.governor.first) - 1
        if before is None or self.view.word(subject) != "they" or step.status not in _SETTLED:
            return ()
        if not self.view.lexicon.agree.find(self.reading.folded[before.start : before.end]):
            return ()
        return self.memory.firms_of(self.sentence.index - 1)

    def _pair_of_firms(self, step: Step) -> tuple[str, ...]:
        """The two firms of the sentence before, where `the companies` or nobody is told to have signed."""
        instrument = step.instrument
        if instrument is None or step.status not in _SETTLED or self.memory.sides_of(self.sentence.index - 1):
            return ()
        words = self.view.line.words
        before = self.view.folded[words[0].start : words[step.governor.first].start]
        unsaid = step.passive and not instrument.definite and not instrument.plural
        if not unsaid and not self.view.lexicon.several_firms.find(before):
            return ()
        return self.memory.firms_of(self.sentence.index - 1)

    def _firm_meant(self, step: Step) -> str | None:
        """The firm that `it` or `the company` before a verb stands for: the one that the sentence before opens with."""
        view, before = self.view, self.memory.before
        subject = auxiliary_start(view, step.governor.first) - 1
        if before is None or before.index != self.sentence.index - 1 or subject not in (0, 1):
            return None
        words, organisations = view.lexicon.organisations, view.between(0, subject + 1)
        firm = organisations[0] == "the" and organisations[-1] in words.before | words.generic | {"authority"}
        firm = firm and not (self.view.lexicon.several_firms.find(" ".join(organisations)) and self._pair_before())
        if organisations != ["it"] and not firm:
            return None
        text = self.reading.document.text
        tokens = read_words(self.reading.folded, before.start, before.end)
        line = Line(text, tokens, before.names, before.sentence.kind != "body" and text[before.start : before.end].istitle())
        named = [run for run in capitalised_runs(line, (), view.lexicon) if run.kind in ("organisation", "unknown")]
        opening = next((run for run in named if run.first <= _OPENS), None)
        if opening is None or (opening.kind == "unknown" and ((opening.first == 0 and opening.end == 1) or not firm)):
            return None
        return opening.text

    def _pair_before(self) -> bool:
        """Whether the sentence before names two firms."""
        return bool(self.memory.firms_of(self.sentence.index - 1))

    def _other_partner(self, step: Step, named: Parties) -> Step:
        """Talks with a side that the instrument told of last does not bind are on another one of its kind."""
        last = self.memory.known[-1:]
        talks = step.governor.meaning.construction == "talks" and step.instrument is None and not step.free_form
        near = last and self.sentence.index - last[0].sentence <= _REACH and len(last[0].parties) >= _PAIR
        if not talks or not near or not named.partners or set(named.partners) & set(last[0].parties):
            return step
        return replace(step, free_form=last[0].form, free_subject=last[0].subject)

    def _pairs(self, step: Step, named: Parties) -> list[tuple[str, ...]]:
        """The pairs that a sentence tells an instrument for each of: `A and B each signed a pact with C`."""
        if not named.partners or not step.instrument or not self._distributed(step, step.instrument):
            return []
        subjects: Sequence[str] = [code for code in named.codes if code not in named.partners]
        if not subjects and "each" in self.view.between(0, step.governor.first):
            subjects = self.memory.group(0, self.sentence.index, named.partners)
        pairs = [tuple(sorted((code, partner))) for code in subjects for partner in named.partners]
        return pairs if len(pairs) > 1 else []

    def _own_date(self, step: Step, codes: Sequence[str]) -> Span | None:
        """The date beside one of several partners: `pacts with Peru in May and with Chile in June`."""
        words, low = self.view.line.words, step.governor.end
        withs = [words[at].start for at in range(low, len(words)) if words[at].text == "with"]
        partners = [name for name in self.sentence.names if set(name.codes) & set(codes) and withs and name.start > withs[0]]
        if len(withs) < _PAIR or not partners:
            return None
        stop = next((place for place in withs if place > partners[0].end), words[-1].end)
        inside = [mark for mark in self.sentence.dates if partners[0].end <= mark.start < stop and mark.role == "at"]
        return (inside[0].date_start, inside[0].date_end) if inside else None

    def _distributed(self, step: Step, instrument: Instrument) -> bool:
        """Whether a word such as `each` stands by the verb, or one such as `separate` by a plural noun."""
        words = self.view.lexicon.distributive
        verbal = words.verbal & set(self.view.between(step.governor.first - _REACH, step.governor.end + 1))
        between = self.view.between(min(instrument.first, step.governor.end), instrument.head)
        has = step.governor.meaning.partnered and instrument.plural  # `has pacts with A, B and C`
        window = clause_window(self.view, step)
        repeated = self.view.between(instrument.head_end, window.end).count("with") >= _PAIR  # `pacts with A and with B`
        kind = set(self.view.between(instrument.first, instrument.head_end)) & words.bilateral
        several = instrument.plural and not instrument.definite and instrument.count == 0 and not step.passive
        has = has or (instrument.plural and (repeated or (several and bool(kind))))
        return bool(verbal) or has or (instrument.plural and bool(words.nominal & set(between)))

    def _candidates(self, step: Step, named: Parties, known: Known | None) -> Iterator[Candidate]:
        window, meaning = clause_window(self.view, step), step.governor.meaning
        both = len(named.codes) + len(named.organisations) >= _PAIR and step.instrument is not None and step.instrument.paired
        if known is None and not step.free_form and not both and self._unfounded(step):
            return
        if step.instrument and step.instrument.form == "same" and not self.memory.known:
            return
        if known and known.signed and meaning.construction == "talks" and step.instrument is None and self._other_talks(step):
            return
        codes = self.completion.codes(named, known, step)
        if not codes and not named.organisations and not (known and known.organisations):
            return
        content = meaning.construction == "content"
        few = len(named.codes) + len(named.organisations) < _PAIR
        few = few and (named.collective is None or not (step.free_form or (content and len(codes) > _PAIR)))
        own = few and content and self._of_the_pair(step, window, codes)
        if (few and (meaning.partnered or self._concord(step))) or (content and ((few and not own) or known)):
            return
        if self._mentioned(step, window):
            return
        kept = self._keep(step, window, named, codes, known)
        self.memory.deed = Deed(step.status, kept, named.partners, self.sentence.index)
        if step.instrument and step.instrument.plural:
            self.memory.several = Several(step.governor.meaning, step.status, step.modality, self.sentence.index)
        if step.instrument:
            self.told[step.instrument] = kept
        several = step.instrument is not None and step.instrument.count > 1
        topics = listed_topics(self.view, step.instrument) if step.instrument else []
        for subject in topics or [kept.subject]:
            titled = self.sentence.sentence.kind in ("title", "heading")
            yield Candidate(self._claim(step, window, kept, subject, named), kept.number, titled, several)

    def _of_the_pair(self, step: Step, window: Window, codes: tuple[str, ...]) -> bool:
        """Whether an instrument is new, told by what it is on, in a text on two sides: `The deal to carry oil`."""
        instrument, pair = step.instrument, self.memory.title_pair or self.memory.pair
        if instrument is None or not (instrument.definite and instrument.restricted) or instrument.plural:
            return False
        about = topic(self.view, instrument, window, self.carried.topics, False)
        told = any(about == known.subject or known.name for known in self.memory.known if set(known.parties) & set(pair))
        return len(pair) == _PAIR and set(codes) == set(pair) and not told

    def _known(self, step: Step, named: Parties) -> Known | None:
        """The instrument of a step, if the sentence or the text before has told of it."""
        if step.free_form:
            return None
        same = self.told.get(step.instrument) if step.instrument else None
        if same and (set(named.codes) <= set(same.parties) or (same.organisations and not same.parties)):
            return same
        if step.instrument is None and settles(self.view, step.governor):
            last = self.memory.known[-1:]
            return last[0] if last and self.sentence.index - last[0].sentence <= 1 else None
        about = phrase_topic(self.view, step.instrument)
        reach = _EVENT_REACH if step.governor.meaning.construction == "event" else _REACH
        known = self.memory.pointed_at(step.instrument, named.codes, self.sentence.index, about, reach)
        talks = step.governor.meaning.construction == "talks" and step.instrument is None
        if talks and known and not set(named.codes) <= set(known.parties):
            return None
        if known is None and step.status == "ratified" and len(named.codes) == 1:
            known = self.memory.pointed_at(step.instrument, (), self.sentence.index, about)
            return known if known and self.completion.member(named.codes[0], known.parties) else None
        return known

    def keep_untold(self, told: Sequence[Step]) -> None:
        """Keeps instruments that the sentence names with their parties but tells no status of, for those that follow."""
        used = [step.instrument for step in told]
        for instrument in self.view.instruments:
            if instrument in used or instrument.weak or instrument.plural:
                continue
            parties = phrase_parties(self.view, instrument.first, instrument.end)
            fresh = not instrument.definite or instrument.restricted
            if len(parties) < _PAIR and fresh and not self.view.line.titled:
                parties = tuple(sorted(self.completion.spoken_here()))
            if len(parties) < _PAIR:
                continue
            if self.memory.pointed_at(instrument, parties, self.sentence.index) is None:
                window = Window(instrument.first, max(instrument.end, instrument.head_end))
                subject = topic(self.view, instrument, window, self.carried.topics, False)
                number = self.memory.next_number()
                self.memory.keep(
                    Known(number, instrument.noun, instrument.form, subject, instrument.name, parties, (), self.sentence.index)
                )

    def _mentioned(self, step: Step, window: Window) -> bool:
        """Whether instruments at large are only mentioned: `reviewed agreements signed between the two countries`."""
        instrument, governor = step.instrument, step.governor
        if instrument is None or not instrument.plural or instrument.count > 1 or instrument.name or not step.passive:
            return False
        if governor.meaning.construction != "verb" or governor.first < instrument.head_end:
            return False
        finite = is_passive(self.view, auxiliary_start(self.view, governor.first), governor.first)
        dated = any(window.first <= self.view.line.index_at(mark.start) < window.end for mark in self.sentence.dates)
        return not finite and not dated and instrument.first > 0

    def _other_talks(self, step: Step) -> bool:
        """Whether talks are not said to be on `it`: once an instrument is signed, those that go on are on something else."""
        return not {"it", "this"} & set(self.view.between(0, step.governor.first + 1))

    @staticmethod
    def _unfounded(step: Step) -> bool:
        """Whether what a step is about is no instrument by itself: a pronoun, or a weak noun that no strong trigger governs."""
        weak = step.instrument is not None and step.instrument.weak
        if step.instrument and step.instrument.subject and step.governor.meaning.construction == "talks":
            return False  # what talks are on by its nature: `a customs union`
        if step.instrument and step.instrument.plural and step.instrument.form == "other":
            return False
        return step.instrument is None or (weak and not step.governor.meaning.strong)

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

    def _keep(self, step: Step, window: Window, named: Parties, codes: tuple[str, ...], known: Known | None) -> Known:
        instrument = step.instrument
        if known:
            if instrument and instrument.name and not known.name:
                known = replace(known, name=instrument.name)
            return self.memory.remember(known, self.sentence.index, codes, named.organisations)
        like = self.memory.known[-1] if instrument and instrument.form == "same" else None
        form = step.free_form or (like.form if like else instrument.form if instrument else "agreement")
        if form == "agreement" and named.organisations and len(codes) < 2:
            form = "contract"
        subject = self._subject(step, window, like, bool(named.organisations))
        kept = Known(
            self.memory.next_number(),
            like.noun if like else instrument.noun if instrument else "",
            form,
            subject,
            instrument.name if instrument else None,
            codes,
            named.organisations,
            self.sentence.index,
        )
        self.memory.keep(kept)
        return kept

    def _subject(self, step: Step, window: Window, like: Known | None, organised: bool) -> str:
        """What an instrument is about; one more of a kind is about the same as that, `like`, unless it says otherwise."""
        if step.free_subject:
            return step.free_subject
        like = like or self._likened(step)
        if like:
            return phrase_topic(self.view, step.instrument) or like.subject
        return topic(self.view, step.instrument, window, self.carried.topics, organised)

    def _likened(self, step: Step) -> Known | None:
        """The instrument told of last, where this one is called like it: `A similar agreement with Paris is under talks`."""
        instrument = step.instrument
        if instrument is None or not self.memory.known:
            return None
        described = set(self.view.between(instrument.first, instrument.head))
        return self.memory.known[-1] if described & self.view.lexicon.another.before else None

    def _status(self, step: Step) -> str:
        """The status of a step; several instruments that came about were signed where the next sentence says so."""
        instrument = step.instrument
        several = instrument is not None and instrument.plural and (step.status, step.modality) == ("agreed", "reported")
        if not several or self.sentence.index + 1 >= len(self.reading.sentences):
            return step.status
        following = self.reading.sentences[self.sentence.index + 1]
        same = following.sentence.paragraph == self.sentence.sentence.paragraph
        told = same and self.view.lexicon.signed_then.find(self.reading.folded[following.start : following.end])
        return "signed" if told else step.status

    def _claim(self, step: Step, window: Window, kept: Known, subject: str, named: Parties) -> AgreementClaim:
        calendar = Calendar(self.reading.document.published_on, self.carried.year, self.memory.told)
        span = status_date(self.view, step, window, self.sentence.dates, calendar)
        if span is None:
            span = self._carried_date(step)
            span = self._same_signing(step, kept) if span == NO_DATE else span
        if (step.status, step.modality) == ("signed", "reported"):
            self.memory.keep(replace(kept, signed=True))
            if span != NO_DATE and not self._background_date(step, span):
                self.memory.signed, self.memory.signed_by = span, (kept.parties, self.sentence.index)
        if step.modality == "reported" and span[1]:
            self.memory.told = span
        place = place_of(self.view, step, window) or self._carried_place(step, span)
        start, end = self.sentence.start, self.sentence.end
        published = self.reading.document.published_on
        modality = step.modality
        ahead = (
            published is not None
            and span[0] is not None
            and span[0] > published
            and step.status in ("in_force", "terminated", "negotiating")
        )
        unended = span == NO_DATE or (published is not None and span[1] is not None and span[1] > published)
        if modality == "reported" and (ahead or (unended and scheduled(self.view, step))):
            modality = "target"
        signs = _signs(step, named, span, self.view.line.titled)
        return AgreementClaim(
            name=kept.name,
            form=kept.form,
            subject=subject,
            status=self._status(step),
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

    def _looks_back(self, step: Step) -> bool:
        """Whether a verb tells of a time before the one that the text is on: `had signed`, `Earlier, the two signed`."""
        bygone = self.view.lexicon.grammar.bygone
        before = self.view.between(auxiliary_start(self.view, step.governor.first), step.governor.first)
        return "had" in before or self.view.word(0) in bygone or bool({*before[-3:]} & bygone)

    def _background_date(self, step: Step, span: Span) -> bool:
        """Whether a signature is background, whose day is not that of what the text tells next."""
        published = self.reading.document.published_on
        old = published is not None and span[1] is not None and (published - span[1]).days > _YEAR
        return old or self._looks_back(step)

    def _dated_otherwise(self, step: Step) -> bool:
        """Whether the sentence tells of another past time before its verb than that of the meeting told of."""
        place = self.view.line.words[step.governor.first].start
        before = [mark.date_start for mark in self.sentence.dates if mark.role == "at" and mark.end <= place]
        return any(start not in (None, self.carried.scene[0]) for start in before)

    def _carried_place(self, step: Step, span: Span) -> str | None:
        """The town of the dateline or the meeting whose date a step has."""
        if span == self.carried.date:
            return self.carried.place
        return self.carried.scene_place if span == self.carried.scene != NO_DATE and step.status in _SETTLED else None

    def _same_signing(self, step: Step, kept: Known) -> Span:
        """The day on which the same sides have just been told to sign, for more that was signed: `Two papers were signed`."""
        parties, sentence = self.memory.signed_by
        instrument = step.instrument
        known = instrument is None or (instrument.definite and instrument.count < _PAIR)
        if known or self._otherwhen(step):
            return NO_DATE
        plain = (step.status, step.modality) == ("signed", "reported") and step.passive and not self._looks_back(step)
        verb = auxiliary_start(self.view, step.governor.first)
        finite = is_passive(self.view, verb, step.governor.first) and not {"has", "have"} & set(
            self.view.between(verb, verb + 2)
        )
        near = self.sentence.index - sentence <= _NEXT_TOLD
        return self.memory.signed if plain and finite and near and parties and parties == kept.parties else NO_DATE

    def _otherwhen(self, step: Step) -> bool:
        """Whether a clause tells its own time or another signer: `after the war`, `by the previous government`."""
        window, grammar = clause_window(self.view, step), self.view.lexicon.grammar
        return bool(grammar.own_time & set(self.view.between(window.first, len(self.view.line.words))))

    def _carried_date(self, step: Step) -> Span:
        if step.modality in ("target", "forecast") and step.status in _SETTLED:
            return self.carried.coming if self.sentence.index - self.carried.coming_sentence <= _COMING else NO_DATE
        if step.modality != "reported":
            return NO_DATE
        text = self.reading.folded[self.sentence.start : self.sentence.end]
        if self.view.lexicon.same_day.find(text):
            return self.carried.day
        also = step.status == "signed" and "also" in self.view.between(step.governor.first - 2, step.governor.end + 1)
        if also or self.view.lexicon.same_occasion.find(text):
            return self.memory.signed
        before = set(self.view.between(step.governor.first - 3, step.governor.first))
        settled = step.status in _SETTLED and step.governor.meaning.construction not in ("content", "noun")
        bygone = before & self.view.lexicon.grammar.bygone or self._looks_back(step)
        settled = settled and not bygone and not self._dated_otherwise(step)
        near = self.sentence.index - self.carried.scene_sentence <= _SCENE or step.governor.meaning.construction == "list"
        raised = self.memory.signed if step.free_form == "declaration" and step.status == "agreed" else NO_DATE
        spans = (self.carried.date, self.carried.frame, self.carried.scene if settled and near else NO_DATE, raised)
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
