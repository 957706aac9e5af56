"""Whom an instrument binds where its clause leaves parties unsaid: what the sentence and the text before supply.

Reading parties off the clause belongs to `parties`; pointing back to an instrument belongs to `memory`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.claims.agreements.bystanders import quiet_spans
from pipeline.claims.agreements.carried import Carried
from pipeline.claims.agreements.memory import AgreementMemory, Known
from pipeline.claims.agreements.parties import Parties
from pipeline.claims.agreements.status import Sentence, Step, auxiliary_start
from pipeline.claims.agreements.windows import Window, clause_window
from pipeline.claims.context.reading import SentenceReading
from pipeline.claims.context.sides import side_groups
from pipeline.claims.slots.script import Script
from pipeline.language.marks import NameMark
from pipeline.language.names import names_in_label

_PARTS = re.compile(r"[-–—‑/]")
_OPENING = 3
_PAIR = 2
_VISIT = 10
_REACH = 5


def line_codes(sentence: SentenceReading) -> Iterator[str]:
    """The states within the names of lines and of companies made for them: `the China-Kyrgyzstan-Uzbekistan railway`."""
    for name in sentence.names:
        if name.kind in ("corridor", "railway", "company"):
            for part in _PARTS.split(name.text):
                yield from (code for mark in names_in_label(part) if mark.kind == "country" for code in mark.codes)


class Completion(NamedTuple):
    """Completes the parties of the steps of one sentence."""

    sentence: SentenceReading
    view: Sentence
    memory: AgreementMemory
    carried: Carried
    script: Script

    def codes(self, named: Parties, known: Known | None, step: Step) -> tuple[str, ...]:
        """The parties of a step that tells of `known`, or of an instrument not told of before."""
        codes = self._without_members(named.codes) if step.status == "ratified" and not step.free_form else named.codes
        if known and known.organisations and not known.parties and step.passive:
            return ()
        more = known is not None and (named.collective or 0) > len(known.parties)
        if known and known.parties and not more:
            ratifier = step.status == "ratified" and len(codes) == 1 and self.member(codes[0], known.parties)
            if ratifier or set(codes) <= set(known.parties):
                return known.parties
        made = step.instrument.parties if step.instrument else ()
        ratifier = step.status == "ratified" and len(codes) == 1 and self.member(codes[0], made)
        if ratifier or (len(made) >= _PAIR and set(codes) <= set(made)):
            return made  # a well-known one, of which the clause names no other side
        spoken = self._met(step, named.codes) if len(codes) > 1 and not named.organisations else ()
        if len(codes) + len(named.organisations) >= 2 and (not named.partnered or len(codes) == 1):
            return tuple(sorted({*codes, *spoken}))
        for found in self._supplied(named, step):
            if found:
                return tuple(sorted({*codes, *found}))
        return codes

    def _supplied(self, named: Parties, step: Step) -> Iterator[tuple[str, ...]]:
        """What may supply parties that the clause leaves unsaid, the surest first."""
        codes = named.codes
        if len(codes) == 1 and step.status in ("ratified", "in_force") and set(codes) <= set(line_codes(self.sentence)):
            yield tuple(sorted(set(line_codes(self.sentence))))
        if named.organisations:
            yield named.spare[:1]
            return
        yield self.memory.section if set(codes) <= set(self.memory.section) else ()
        yield self._met(step, codes) if codes else self._they(step)
        if len(codes) == 1:
            yield self._same_partner(step, named)
        if named.collective is not None:
            yield from self._grouped(named, step, named.collective)
        yield self._between_before(step, codes)
        yield self._of_three(step, codes)
        if (named.collective or 0) > _PAIR:
            return
        sold = step.instrument is not None and step.instrument.form == "contract" and len(named.spare) == 1
        yield named.spare[:1] if codes or sold else named.spare if len(named.spare) == _PAIR else ()
        if named.partnered:
            yield self._other_side(step, codes)
        if not codes and self._may_point_back(step):
            spoken = self._spoken(self.view.line.words[step.governor.first].start)
            yield tuple(spoken) if len(spoken) >= _PAIR else ()
            yield self.memory.just_told(self.sentence.index) or self.memory.group(_PAIR, self.sentence.index, ())
        known = step.instrument.parties if step.instrument else ()
        yield known if len(known) > 1 or not codes else ()  # a bloc for those who are not named
        if step.free_form and not codes:
            yield self._background()
        yield self._implied(step, codes)

    def _between_before(self, step: Step, codes: Sequence[str]) -> tuple[str, ...]:
        """The two that the sentence before named with `between`, where the noun of a status names no other."""
        before = self.memory.before
        if step.governor.meaning.construction != "noun" or len(codes) >= _PAIR:
            return ()
        if before is None or self.sentence.index - before.index != 1:
            return ()
        groups = side_groups(self.view.folded, before.start, before.names)
        pairs = [group.codes for group in groups if group.preposition == "between" and len(group.codes) == _PAIR]
        return next((pair for pair in pairs if set(codes) <= set(pair)), ())

    def _of_three(self, step: Step, codes: Sequence[str]) -> tuple[str, ...]:
        """The three states that a sentence names beside a trilateral instrument, or that the text has named last."""
        instrument = step.instrument
        if instrument is None or not set(self.view.between(instrument.first, instrument.head)) & self.view.lexicon.trilateral:
            return ()
        spoken = {code for name in self.sentence.names if name.kind in ("country", "person") for code in name.codes}
        three = _PAIR + 1
        if len(spoken) == three:
            return tuple(sorted(spoken))
        return self.memory.group(three - len(codes), self.sentence.index, codes) if len(codes) < three else ()

    def _grouped(self, named: Parties, step: Step, size: int) -> Iterator[tuple[str, ...]]:
        """The states that words such as `both countries` stand for: of the line that is named, told before, or told later."""
        line = tuple(sorted(set(line_codes(self.sentence)) - set(named.codes)))
        yield line if len(line) == size else ()
        spoken = self._spoken(self.view.line.words[step.governor.first].start)
        yield tuple(sorted(spoken)) if len(spoken) == (size or _PAIR) and set(named.codes) <= set(spoken) else ()
        yield self._without_members(self.memory.group(size, self.sentence.index, named.codes))
        yield self._named_later(step)
        if size > _PAIR:
            yield self.memory.ahead(size, self.sentence.index)

    def _background(self) -> tuple[str, ...]:
        """The sides of the instrument told of last, else those that the text speaks of, where a sentence names none."""
        spoken = self._spoken(self.sentence.end)
        if len(spoken) == _PAIR:
            return tuple(spoken)
        last = self.memory.known[-1:]
        near = last and self.sentence.index - last[0].sentence <= _REACH and len(last[0].parties) >= _PAIR
        return last[0].parties if near else self.memory.group(_PAIR, self.sentence.index, ())

    def _implied(self, step: Step, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The sides that the text as a whole is on, for an instrument that a sentence ties to one of them or to none."""
        pair = self.memory.title_pair or (self.memory.pair if codes else ())
        joining = step.status == "signed" and not step.governor.meaning.strong
        firm = step.instrument is not None and step.instrument.form == "contract"
        named = step.instrument is not None and step.instrument.name is not None
        known = named and step.instrument is not None and step.instrument.noun == (step.instrument.name or "").lower()
        multilateral = known or (named and step.instrument is not None and step.instrument.form == "treaty")
        if len(codes) > 1 or joining or firm or multilateral or not set(codes) <= set(pair) or self.view.line.titled:
            return ()
        return tuple(pair) if codes or (step.instrument and (step.instrument.definite or step.governor.meaning.strong)) else ()

    def _met(self, step: Step, codes: Sequence[str]) -> tuple[str, ...]:
        """Who a pronoun means: the guest and the host, `when A's president visited B, they signed`, or a statesman."""
        subject = self.view.word(auxiliary_start(self.view, step.governor.first) - 1)
        if subject in ("he", "she"):
            return self.memory.person
        if subject != "they":
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

    def _they(self, step: Step) -> tuple[str, ...]:
        """The two of the sentence before that `they` means, where no other is named before its verb."""
        return self.memory.just_told(self.sentence.index) if self.view.word(step.governor.first - 1) == "they" else ()

    def _same_partner(self, step: Step, named: Parties) -> tuple[str, ...]:
        """The bloc that others have an instrument of the kind with: `B signed an accord of its own`, `with B, too, a pact`."""
        instrument, words, codes = step.instrument, self.view.lexicon.another, named.codes
        if instrument is None:
            return ()
        window = clause_window(self.view, step)
        if named.partnered and set(self.view.between(window.first, window.end)) & words.added:
            return self.memory.partner_of_others(instrument, codes, self.sentence.index, self.view.lexicon.members)
        behind = {" ".join(self.view.between(instrument.head_end, instrument.head_end + length)) for length in (3, 4)}
        if not behind & words.behind and not set(self.view.between(instrument.first, instrument.head)) & words.before:
            return ()
        return self.memory.partner_of_others(instrument, codes, self.sentence.index, self.view.lexicon.members)

    def _other_side(self, step: Step, codes: Sequence[str]) -> tuple[str, ...]:
        """The side that `with X` leaves unsaid: one that the sentence names before, else the heading's or the text's own."""
        window, words = clause_window(self.view, step), self.view.line.words
        clause = self._spoken(words[window.end - 1].end, words[window.first].start)
        spoken = [code for code in clause if code not in codes]
        home = self.memory.home if self.script.opening.one_country else ()
        pair = sorted(self.memory.pair, key=lambda code: code in self.view.lexicon.members)
        own = [
            code
            for code in (*spoken, *home, *self.carried.home, *self.memory.common_side(), *pair)
            if code not in (*codes, *self.view.lexicon.not_party)
        ]
        return tuple(own[:1])

    def spoken_here(self) -> tuple[str, ...]:
        """The two states or blocs that the sentence speaks of, none where it names more or fewer."""
        spoken = self._spoken(self.sentence.end)
        return tuple(spoken) if len(spoken) == _PAIR else ()

    def _spoken(self, end: int, start: int = 0) -> list[str]:
        """The states and blocs that the sentence names between two places, where they are not mere places."""
        view = self.view
        quiet = quiet_spans(view, Window(0, len(view.line.words)))
        found: list[str] = []
        for name in self.sentence.names:
            before = view.word(view.line.index_at(name.start) - 1)
            if (
                start <= name.start
                and name.end <= end
                and not any(first <= name.start < last for first, last in quiet)
                and name.kind in ("country", "bloc", "person")
                and before not in view.lexicon.locatives
                and (before != "to" or self._visited(name))
            ):
                found.extend(code for code in name.codes if code not in view.lexicon.not_party)
        return list(dict.fromkeys(found))

    def _visited(self, name: NameMark) -> bool:
        """Whether a name is that of whom somebody visits: `the visit of Turkey's president to Tashkent`."""
        index = self.view.line.index_at(name.start)
        return bool(self.view.lexicon.visits & set(self.view.between(index - _VISIT, index - 1)))

    def _without_members(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The codes without those that a bloc among them stands for."""
        members = {member for code in codes for member in self.view.lexicon.members.get(code, ())}
        return tuple(code for code in codes if code not in members)

    def _may_point_back(self, step: Step) -> bool:
        """Whether an instrument without parties may be one of those named before: signed or the like, and not known itself."""
        instrument = step.instrument
        telling = step.governor.meaning.strong or step.passive or step.status in ("proposed", "negotiating")
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

    def member(self, code: str, parties: Sequence[str]) -> bool:
        """Whether a bloc among the parties has a state as its member."""
        return any(code in self.view.lexicon.members.get(party, ()) for party in parties)
