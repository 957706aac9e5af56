"""Agreement claims: reads a document sentence by sentence and tells where each instrument between parties stands.

Bringing instruments, triggers, parties and details together belongs here; each of them is found by a module of its own
(`agreement_*`). Quantities and events belong elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.claims.agreements.blocs import learn_blocs
from pipeline.claims.agreements.builder import Builder, Candidate
from pipeline.claims.agreements.bystanders import gathers
from pipeline.claims.agreements.carried import Carried, review_year
from pipeline.claims.agreements.completion import line_codes
from pipeline.claims.agreements.deals import exchange_deals, joint_statements, upgrades
from pipeline.claims.agreements.echoes import leaves_out, unfollowed
from pipeline.claims.agreements.instruments import Instrument, Line, find_instruments
from pipeline.claims.agreements.joining import joinings, names_bloc
from pipeline.claims.agreements.lexicon import AgreementLexicon, Head, Trigger, agreement_lexicon
from pipeline.claims.agreements.memory import AgreementMemory
from pipeline.claims.agreements.organisations import capitalised_runs
from pipeline.claims.agreements.people import learn_people
from pipeline.claims.agreements.status import ECHO, Governor, Sentence, Step, governors
from pipeline.claims.agreements.steps import steps
from pipeline.claims.agreements.timing import NO_DATE, Span
from pipeline.claims.agreements.windows import clause_window
from pipeline.claims.claim import AgreementClaim
from pipeline.claims.context.reading import Reading, SentenceReading, shared_out, within, words
from pipeline.claims.slots.script import Script
from pipeline.language.marks import NameMark
from pipeline.language.phrases import PhraseMark, Together

_LONGEST_SENTENCE = 400
_Traits = tuple[object, ...]
_DATELINE = ("(", "-", "–", "—", "/")
_OPENING_PRONOUNS = ("it ", "this ", "they ", "both ")
_PRONOUNS = (" it", " them", " that one", " this")
_ENTRY = 3
_PAPERS = ("ratified", "noun")
_BEHIND = 40
_THOSE = ("those with", "ones with")
_ARTICLE = len(" the ")
_SAID = 60
_NEXT = 2
_JOINING = len(" and the ")
_LISTED = ("signed", "initialed", "agreed", "approved", "ratified")
_SOVIET_END = date(1991, 12, 26)


class _Marks(NamedTuple):
    """The lexicon marks of a document or of a sentence, each list by place."""

    heads: Sequence[PhraseMark[Head]]
    not_heads: Sequence[PhraseMark[None]]
    triggers: Sequence[PhraseMark[Trigger]]
    ranks: Sequence[PhraseMark[None]]
    agree: Sequence[PhraseMark[None]]

    @property
    def telling(self) -> bool:
        """Whether the document has any word that could name an instrument."""
        alone = any(mark.meaning.construction in ("talks", "deed") for mark in self.triggers)
        return bool(self.heads or self.ranks or self.agree) or alone


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sentences before leave for the next one, and the document that they are of."""

    memory: AgreementMemory
    carried: Carried
    script: Script


def agreement_claims(script: Script) -> list[AgreementClaim]:
    """All agreement claims of a document in the order of the text, each instrument and status once."""
    reading, lexicon = script.reading, agreement_lexicon()
    marks = _Marks(*_telling().find(reading.folded))
    blocs = any(
        name.kind == "bloc" and set(name.codes) & {*lexicon.bloc_heads, *lexicon.joining.subjects}
        for each in reading.sentences
        for name in each.names
    )
    if not marks.telling and not blocs:
        return []
    learned = [*learn_people(reading, script.opening.home, lexicon), *learn_blocs(reading, lexicon)]
    people = sorted(learned, key=lambda mark: mark.start)
    sentences = [_peopled(plain, people, reading.document.published_on) for plain in reading.sentences]
    sides = {
        each.index: tuple(code for code in _side_codes(reading, each) if code not in lexicon.not_party) for each in sentences
    }
    opening = script.opening
    memory = AgreementMemory(opening.pair, opening.home, opening.title_pair, tuple(sides.items()))
    carried = Carried(frame=review_year(reading, lexicon))
    candidates: list[Candidate] = []
    behind: list[SentenceReading] = []  # sentences since the last that could tell a status: what they carry over is asked then
    for sentence, *telling in zip(sentences, *(shared_out(found, sentences) for found in marks), strict=True):
        inside = _Marks(*telling)
        behind.append(sentence)
        memory.section = _section(sentence, lexicon) if sentence.sentence.kind == "heading" else memory.section
        builder = _builder(reading, sentence, inside, _Told(memory, carried, script))
        if builder:
            for each in behind:
                carried = carried.into(reading, each, lexicon)
            behind.clear()
            builder = replace(builder, carried=carried)
        told = _steps(builder, inside) if builder else []
        if builder and told:
            builder = replace(builder, runs=capitalised_runs(builder.view.line, builder.view.instruments, lexicon))
        found = list(_read_sentence(builder, told)) if builder else []
        if builder:
            carried = carried._replace(listing=_listing(builder))
        candidates.extend(found)
        memory.see_sides(sentence.index, sides[sentence.index])
        memory.person = _person(sentence) or memory.person
        memory.see_firms(sentence.index, _firms(sentence, builder))
        memory.before = sentence
        for candidate in found:
            if len(candidate.claim.parties) > 1:
                memory.see_sides(sentence.index, candidate.claim.parties)
    names = {known.number: known.name for known in memory.known if known.name}
    return [candidate.claim for candidate in _without_repeats([each.named(names) for each in candidates])]


@cache
def _telling() -> Together:
    """The lexicons of `_Marks`."""
    lexicon = agreement_lexicon()
    return Together((lexicon.heads, lexicon.not_heads, lexicon.triggers, lexicon.upgrade.ranks, lexicon.agree))


def _peopled(sentence: SentenceReading, people: Sequence[NameMark], published_on: date | None) -> SentenceReading:
    """The sentence with the statesmen that the text has introduced; in a text of Soviet times Moscow stands for that union."""
    found = within(people, sentence.start, sentence.end)
    soviet = published_on is not None and published_on < _SOVIET_END
    if not found and not soviet:
        return sentence
    names: Iterable[NameMark] = (*sentence.names, *found)
    if soviet:
        names = (replace(mark, codes=("SUN",)) if mark.codes == ("RUS",) else mark for mark in names)
    return replace(sentence, names=tuple(sorted(names, key=lambda mark: mark.start)))


def _side_codes(reading: Reading, sentence: SentenceReading) -> Iterator[str]:
    """The states and blocs that a sentence names, also within names of lines and companies; no capital where it happened."""
    quiet = _speakers(reading, sentence)
    for name in sentence.names:
        if quiet[0] <= name.start < quiet[1]:
            continue
        organ = name.kind == "organisation" and set(name.text.lower().split()) & agreement_lexicon().organisations.state
        if organ or (name.kind in ("country", "bloc", "person") and not _venue(reading, name)):
            yield from name.codes
    yield from line_codes(sentence)


def _speakers(reading: Reading, sentence: SentenceReading) -> tuple[int, int]:
    """Where a sentence closes with who says it: `, Mozambican officials say`."""
    text = reading.folded[sentence.start : sentence.end]
    comma = text.rfind(", ")
    said = agreement_lexicon().sayings.find(text[-_SAID:]) if comma >= 0 else []
    if not said or len(text) - _SAID + said[-1].start < comma or '"' in text[comma + 2 :]:
        return 0, 0
    return sentence.start + comma, sentence.end


def _section(sentence: SentenceReading, lexicon: AgreementLexicon) -> tuple[str, ...]:
    """The two sides that a heading names and nothing else, which what stands below is between: `Ghana - Togo`."""
    sides = [name for name in sentence.names if name.kind in ("country", "bloc")]
    codes = {code for name in sides for code in name.codes} - lexicon.not_party
    bare = sentence.end - sentence.start - sum(name.end - name.start for name in sides) <= _JOINING
    return tuple(sorted(codes)) if bare and len(codes) == _NEXT else ()


def _venue(reading: Reading, name: NameMark) -> bool:
    """Whether a capital is only where something happened, or where the news comes from: `met in Vienna`, `VIENNA - `."""
    if name.text.isupper() and reading.folded[name.end : name.end + 2].strip()[:1] in _DATELINE:
        return True
    if name.kind == "bloc" and gathers(reading.folded, name, agreement_lexicon()):
        return True
    return name.form == "capital" and reading.folded.endswith((" in ", " at "), 0, name.start)


def _builder(reading: Reading, sentence: SentenceReading, marks: _Marks, before: _Told) -> Builder | None:
    """A sentence laid out for claims; None if no word in it could tell a status or name an instrument."""
    lexicon = agreement_lexicon()
    start, end = sentence.start, sentence.end
    heads = _heads(sentence, marks.heads, reading.folded, lexicon)
    naming = heads or marks.ranks or marks.agree
    known = bool(before.memory.known)
    alone = known and reading.folded.startswith(_OPENING_PRONOUNS, start)
    left_out = leaves_out(before.memory.deed, sentence.index, reading.folded, start, end)
    telling = naming or alone or left_out or (bool(marks.triggers) and names_bloc(sentence.names, lexicon))
    if not telling and not any(_tells_alone(mark, reading.folded, known) for mark in marks.triggers):
        return None
    tokens = words(reading.folded, start, end)
    if len(tokens) > _LONGEST_SENTENCE:
        return None
    line = Line(reading.document.text, tokens, sentence.names, _titled(reading, sentence))
    found = [each for each in governors(line, marks.triggers, lexicon) if not _within_name(line, each)]
    found = [each for each in found if not _of_date(sentence, line, each)]
    papers = {line.words[each.first].start for each in found if (each.meaning.status, each.meaning.construction) == _PAPERS}
    spans = [(line.words[each.first].start, line.words[each.end - 1].end) for each in found]
    heads = [head for head in heads if not any(low < head[0] < high for low, high in spans) and head[0] not in papers]
    stops = frozenset(each.first for each in found if each.meaning.construction in ("verb", "state", "content"))
    blocked = [(mark.start, mark.end) for mark in marks.not_heads]
    instruments = find_instruments(line, heads, blocked, stops, lexicon)
    view = Sentence(line, instruments, found, reading.folded, lexicon)
    return Builder(reading, sentence, view, (), before.memory, before.carried, before.script)


def _tells_alone(mark: PhraseMark[Trigger], folded: str, known: bool) -> bool:
    """Whether a trigger can tell something in a sentence that names no instrument: of talks, or of what a pronoun means."""
    construction = mark.meaning.construction
    if construction in ("talks", "deed"):
        return True
    if construction == ECHO:
        return known
    if not known:
        return mark.meaning.strong and construction == "verb"
    return construction in ("event", "state") or mark.meaning.strong or folded.startswith(_PRONOUNS, mark.end)


def _within_name(line: Line, governor: Governor) -> bool:
    """Whether a trigger is only part of a name, as its capital shows: `the Agreement on Further Deepening of Ties`."""
    first = governor.first
    if (governor.meaning.status, governor.meaning.construction) == _PAPERS:
        return False  # `the Law on Ratification of the Agreement`
    opens = first == 0 or not line.words[first - 1].text[0].isalnum() or line.words[first - 1].text.isdigit()
    return not line.titled and not opens and line.capitalised(first) and not line.original(first).isupper()


def _of_date(sentence: SentenceReading, line: Line, governor: Governor) -> bool:
    """Whether a noun is only part of a date: `at the end of the year`."""
    start, end = line.words[governor.first].start, line.words[governor.end - 1].end
    return governor.meaning.construction == "noun" and any(mark.start <= start and end <= mark.end for mark in sentence.dates)


def _steps(builder: Builder, marks: _Marks) -> list[Step]:
    """The steps that a sentence tells."""
    view = builder.view
    settled = (_settled(view, step) for step in steps(view))
    told = _listed(builder) or [step for step in settled if step and not _idle(view, step)]
    if view.word(len(view.line.words) - 1) == ":":
        told = [step for step in told if step.instrument and not (step.instrument.plural and _leads_in(view, step))]
    raised = upgrades(view, marks.ranks, told)
    if raised:  # talks that ended with a rank of relations ended with nothing else
        told = [step for step in told if step.instrument or step.status != "agreed"]
    told += raised
    told += exchange_deals(view, marks.agree, told)
    told += joint_statements(view, told)
    told += joinings(view, told)
    told += unfollowed(view, builder.memory.deed, builder.sentence.index, told)
    return told or _among(builder)


def _leads_in(view: Sentence, step: Step) -> bool:
    """Whether a step is told in the words that lead in a list, and not in a sentence of its own before them."""
    return "." not in view.between(step.governor.end, len(view.line.words))


def _read_sentence(builder: Builder, told: Sequence[Step]) -> Iterator[Candidate]:
    """The claims of a sentence, in the order of its steps."""
    for step in told:
        yield from builder.candidates(step)
    builder.keep_untold(told)
    yield from builder.anniversaries(told)


def _person(sentence: SentenceReading) -> tuple[str, ...]:
    """The state of the statesman whom a sentence names first, whom `he` means in the next one."""
    return next((name.codes for name in sentence.names if name.codes and (name.kind == "person" or name.form == "leader")), ())


def _firms(sentence: SentenceReading, builder: Builder | None) -> list[str]:
    """The organisations that a sentence names, known ones and those that its words show to be some."""
    shown = [run.text for run in builder.runs if run.kind == "organisation"] if builder else []
    return shown or [name.text for name in sentence.names if name.kind in ("company", "railway")]


def _listing(builder: Builder) -> Trigger | None:
    """The status of the instruments that a list below tells: what `the following were signed:` leads in, up to its end."""
    view, carried = builder.view, builder.carried
    if view.word(len(view.line.words) - 1) != ":":
        return carried.listing if _listed_here(builder) else None
    told = [each.meaning for each in view.governors if each.meaning.construction == "verb" and each.meaning.status in _LISTED]
    return replace(told[-1], construction="list", strong=True) if told else None


def _listed_here(builder: Builder) -> bool:
    """Whether a sentence is an entry of a list."""
    first = builder.view.line.words[0]
    return builder.sentence.sentence.kind == "item" or first.text.isdigit() or not first.text[0].isalnum()


def _listed(builder: Builder) -> list[Step]:
    """The instrument that an entry of a list names, with the status that the words before the list tell."""
    view, trigger = builder.view, builder.carried.listing
    if trigger is None or not _listed_here(builder):
        return []
    first = next((each for each in view.instruments if each.first <= _ENTRY), None)
    return [Step(trigger.status, "reported", Governor(first.head, first.head_end, trigger), first, True)] if first else []


def _among(builder: Builder) -> list[Step]:
    """The instruments that a sentence names of the many just told: `Among them are an agreement on labour and a protocol`."""
    view, several = builder.view, builder.memory.several
    if several is None or builder.sentence.index - several.sentence > _NEXT:
        return []
    if not view.folded.startswith(view.lexicon.among, builder.sentence.start):
        return []
    trigger = replace(several.trigger, construction="list", strong=True)
    named = [each for each in view.instruments if not (each.weak or each.plural)]
    return [Step(several.status, several.modality, Governor(each.head, each.head_end, trigger), each, True) for each in named]


def _heads(
    sentence: SentenceReading, marks: Sequence[PhraseMark[Head]], folded: str, lexicon: AgreementLexicon
) -> list[tuple[int, int, Head]]:
    """The nouns of a sentence that name instruments, with the blocs that are called by their agreement."""
    blocs = [
        (name.start, name.end, lexicon.bloc_heads[name.codes[0]])
        for name in sentence.names
        if name.kind == "bloc"
        and len(name.codes) == 1
        and name.codes[0] in lexicon.bloc_heads
        and not _modifies(name, folded, lexicon)
    ]
    plain = [
        (mark.start, mark.end - len(_partner_words(mark.phrase)), mark.meaning)
        for mark in marks
        if not any(start < mark.end and mark.start < end for start, end, _ in blocs)
        and not _empty(mark, folded, sentence, lexicon)
    ]
    return sorted((*plain, *blocs), key=lambda head: head[:2])


def _empty(mark: PhraseMark[Head], folded: str, sentence: SentenceReading, lexicon: AgreementLexicon) -> bool:
    """Whether words that may stand for an instrument do not: `its own goods`, `those with ideas`."""
    if mark.phrase in _THOSE:
        return not any(0 < name.start - mark.end <= _ARTICLE and name.codes for name in sentence.names)
    if not mark.phrase.endswith(" own"):
        return False
    following = folded[mark.end : mark.end + _BEHIND].split()
    word = following[0].rstrip(".,;") if following else ""
    return folded[mark.end : mark.end + 1].isspace() and word not in lexicon.grammar.prepositions | lexicon.grammar.conjunctions


def _partner_words(phrase: str) -> str:
    """What of `one with` only shows that an instrument is meant."""
    return next((ending for ending in (", with", " with", " on") if phrase.endswith(ending)), "")


def _modifies(name: NameMark, folded: str, lexicon: AgreementLexicon) -> bool:
    """Whether a bloc only describes the noun behind it, as in `GATT rules`: no closed word and no verb of status follows."""
    following = folded[name.end : name.end + _BEHIND].split()
    if not folded.startswith(" ", name.end) or not following or not following[0].rstrip(".,;").isalpha():
        return False
    grammar = lexicon.grammar
    closed = (grammar.prepositions, grammar.conjunctions, grammar.auxiliaries, grammar.adverbs, grammar.pronouns)
    verbal = any(mark.start == 0 for mark in lexicon.triggers.find(" ".join(following)))
    head = any(mark.start == 0 for mark in lexicon.heads.find(" ".join(following)))
    return not verbal and not head and not any(following[0] in words for words in closed)


def _idle(view: Sentence, step: Step) -> bool:
    """Whether a weak trigger governs a weak noun that names nothing known: `agreed to purchase`, `won an order`."""
    instrument, strong = step.instrument, step.governor.meaning.strong
    if instrument is None or not instrument.weak or strong or instrument.definite or instrument.paired:
        return False
    if instrument.subject and step.governor.meaning.construction == "talks":
        return False  # what talks are on by its nature: `a customs union on which talks have begun`
    return not (instrument.plural and step.status in ("signed", "agreed") and _mutual(view, step, instrument))


def _mutual(view: Sentence, step: Step, instrument: Instrument) -> bool:
    """Whether a phrase shows that several bind themselves: `exchanged documents`, `eight bilateral documents`."""
    words = {*view.between(instrument.first, instrument.head), *view.between(instrument.head_end, instrument.head_end + 1)}
    return step.status == "signed" or bool(words & view.lexicon.mutual)


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


def _told_alike(
    traits: tuple[object, ...], claim: AgreementClaim, alike: dict[tuple[object, ...], tuple[int, set[Span]]]
) -> bool:
    """Whether an earlier sentence tells the same of an instrument, or a like one of the same parties, at no other time."""
    span = (claim.date_start, claim.date_end)
    place, spans = alike.setdefault(traits, (claim.evidence_start, {span}))
    repeated = place != claim.evidence_start and (span in spans or span == NO_DATE or NO_DATE in spans)
    spans.add(span)
    return repeated


def _without_repeats(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each status of each instrument once, by place in the text; a title only where the body tells nothing of its parties."""
    kept: list[Candidate] = []
    subjects: set[tuple[int, str, str, str, int]] = set()
    spoken_of: set[str] = set()
    alike: dict[_Traits, tuple[int, set[Span]]] = {}
    order = {id(each): place for place, each in enumerate(candidates)}
    for candidate in sorted(candidates, key=lambda each: (each.titled, each.undated)):
        claim = candidate.claim
        sides = {*claim.parties, *claim.organisations}
        if candidate.titled and (sides & spoken_of or (not claim.parties and spoken_of)):
            continue
        key = (candidate.number, claim.status, claim.modality)
        traits = (claim.status, claim.modality, claim.form, claim.subject, claim.name, claim.parties, claim.organisations)
        again = _told_alike(key, claim, alike)
        if (
            again
            or (*key, claim.subject, claim.evidence_start) in subjects
            or _told_alike((*traits, candidate.several), claim, alike)
        ):
            continue
        subjects.add((*key, claim.subject, claim.evidence_start))
        spoken_of |= sides
        kept.append(candidate)
    return sorted(kept, key=lambda each: order[id(each)])
