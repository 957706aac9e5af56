"""The organisations that an instrument binds: companies, railways, banks and agencies where parties stand.

Telling what a capitalised name stands for belongs to `organisations`, states to `parties`.
"""

import re
from collections.abc import Sequence

from pipeline.claims.agreements.organisations import Run
from pipeline.claims.agreements.status import Sentence, Step
from pipeline.claims.agreements.windows import acts_under, other_step_between

_BRACKET = 2
_PARTNER = 5
_HOLDER = 2
_PAIRED = 8
_LINKED = 6
_INSIDE = ("the", "of", "'s", "’s", "&")
_OWNING = ("'s", "’s")
_SENT = re.compile(r"^(?:Representatives?|Officials?|Executives?|Heads?|Delegates?|Managers?) of (?:the )?")


def bare_firm(sentence: Sentence, step: Step, run: Run) -> Run:
    """Takes a single unknown name that opens the subject, or follows `with`, for a firm: `Siemens and the ministry signed`."""
    if run.kind == "unknown" and _national(sentence, step, run):
        return Run(run.first, run.end, "organisation", run.text)
    if run.kind == "unknown" and _partner_of_contract(sentence, step, run):
        return Run(run.first, run.end, "organisation", run.text)
    if run.kind != "unknown" or run.end - run.first > 1 or not _proper(sentence, run):
        return run
    before, after = sentence.word(run.first - 1), sentence.word(run.end)
    opens = (run.first == 0 or before == "and") and (
        after in ("and", ",") or run.end == step.governor.first or after in sentence.lexicon.grammar.auxiliaries
    )
    opens = opens or (run.text.isupper() and (after == "and" or run.end == step.governor.first))
    partner = before in ("with", "and", "between") or before.endswith("'s") or _trade_of(sentence, run.first)
    return Run(run.first, run.end, "organisation", run.text) if opens or partner else run


def _partner_of_contract(sentence: Sentence, step: Step, run: Run) -> bool:
    """Whether a contract is with a name of several words that no lexicon knows: `a supply contract with Century Cables`."""
    contract = step.instrument is not None and step.instrument.form == "contract"
    return contract and run.end - run.first > 1 and sentence.word(run.first - 1) in ("with", "between")


def _national(sentence: Sentence, step: Step, run: Run) -> bool:
    """Whether a contract is with a name behind its country, which is a firm: `a supply contract with India's X Y`."""
    contract = step.instrument is not None and step.instrument.form == "contract"
    start = sentence.line.words[run.first].start
    before = sentence.line.text[max(start - len(_OWNING[0]) - 1, 0) : start].rstrip()
    owned = _country_word(sentence, run.first - 1) and before.endswith(_OWNING)
    return contract and owned and bool({"with", "and", "between", "by", "to"} & set(sentence.between(run.first - 3, run.first)))


def promoted(sentence: Sentence, run: Run) -> Run:
    """A name of unknown kind taken for an organisation, where nothing else could be a party."""
    promoted = run.kind == "unknown" and _proper(sentence, run)
    return Run(run.first, run.end, "organisation", run.text) if promoted else run


def _proper(sentence: Sentence, run: Run) -> bool:
    """Whether a name is one for sure: no lone word that opens a sentence, unless the text has it elsewhere with its capital."""
    if run.text.lower().endswith("ly"):
        return False
    if run.end - run.first > 1 or run.first > 0 or not run.text[1:].islower():
        return True
    text = sentence.line.text
    place = text.find(f" {run.text}")
    while place >= 0:
        if text[place - 1 : place].isalpha() or text[place - 1 : place] == ",":
            return True
        place = text.find(f" {run.text}", place + 1)
    return False


def _trade_of(sentence: Sentence, first: int) -> bool:
    """Whether a country's adjective and a trade stand before a name: `Danish brewer X`, not `Danish minister X`."""
    trade = sentence.word(first - 1)
    organisations, grammar = sentence.lexicon.organisations, sentence.lexicon.grammar
    closed = (grammar.prepositions, grammar.conjunctions, grammar.determiners, organisations.person, organisations.state)
    return trade.isalpha() and not any(trade in words for words in closed) and _country_word(sentence, first - 2)


def organisation_parties(sentence: Sentence, step: Step, runs: Sequence[Run]) -> list[str]:
    """The organisations that stand where parties stand: before an active trigger, or after `with`, `between`, `by`, `and`."""
    found: list[str] = []
    accepted_end = -1
    for run in runs:
        if run.kind != "organisation" or _only_trade(sentence, run, runs):
            continue
        if found and run.first - accepted_end <= _BRACKET and _short_form(sentence, run):
            accepted_end = run.end
            continue
        reach = _LINKED + run.first - _head_of(sentence, run.first)
        chained = accepted_end >= 0 and run.first - accepted_end <= reach and only_links(sentence, accepted_end, run.first)
        if chained or organisation_slot(sentence, step, run):
            found.append(_clean(run.text))
            accepted_end = run.end
    return found


def _only_trade(sentence: Sentence, run: Run, runs: Sequence[Run]) -> bool:
    """Whether a name with its trade only describes the one behind it: `Global Port operator DP World`."""
    trade = sentence.word(run.end) in sentence.lexicon.organisations.before
    return trade and any(each.first == run.end + 1 and each.kind in ("organisation", "unknown") for each in runs)


def _short_form(sentence: Sentence, run: Run) -> bool:
    """Whether a name in capitals stands alone in brackets: the short form of the one before (`Kenya Railways Corp. (KRC)`)."""
    return run.text.isupper() and sentence.word(run.first - 1) == "(" and sentence.word(run.end) == ")"


def only_links(sentence: Sentence, first: int, end: int) -> bool:
    """Whether two names are members of one list: `and` or a comma between them, no preposition and no verb."""
    between = sentence.between(first, end)
    return (
        bool({"and", ","} & set(between))
        and not any(word in sentence.lexicon.grammar.prepositions - {"of"} for word in between)
        and not (any(word in sentence.lexicon.grammar.auxiliaries for word in between))
    )


def organisation_slot(sentence: Sentence, step: Step, run: Run) -> bool:
    """Whether an organisation stands where parties stand."""
    instrument = step.instrument
    before = run.first < step.governor.first
    beside = instrument is not None and step.governor.end == run.first and run.end < instrument.head
    modifies = instrument is not None and instrument.first <= run.first < instrument.head
    if modifies or beside or (not before and (step.free_form == "agreement" or _pooled(sentence, step, run))):
        return True
    preposition, distance = _preposition(sentence, run)
    if preposition in ("with", "between", "among"):
        return distance <= _PARTNER and not other_step_between(sentence, step, run.first)
    if before and acts_under(sentence, step):
        return preposition in (None, "to", "from")
    if preposition in ("by", "to") and distance < _PARTNER:
        return _agent(step, preposition, before)
    if preposition in ("of", "from") and instrument is not None and instrument.form == "contract":
        return 0 < run.first - instrument.head_end <= _HOLDER
    governed = preposition is not None and distance < _PARTNER - 1
    return before and not step.passive and not governed


def _agent(step: Step, preposition: str, before: bool) -> bool:
    """Whether `by` or `to` brings in a party: `signed by X`, `awarded to X`."""
    if preposition == "by":
        return step.passive or not before
    return not before and step.governor.meaning.status == "agreed"


def _country_word(sentence: Sentence, index: int) -> bool:
    """Whether a word is the name or the adjective of a country, which only describes the name behind it."""
    if index < 0:
        return False
    place = sentence.line.words[index].start
    return any(mark.start <= place < mark.end and mark.kind == "country" for mark in sentence.line.names)


def _pooled(sentence: Sentence, step: Step, run: Run) -> bool:
    """Whether a name is a member of a group that is the partner: `with a syndicate to which X and Y belong`."""
    between = sentence.between(step.governor.end, run.first)
    if "with" not in between:
        return False
    partner = between[len(between) - 1 - between[::-1].index("with") :]
    return bool(sentence.lexicon.organisations.pooled & set(partner[:7]))


def _preposition(sentence: Sentence, run: Run) -> tuple[str | None, int]:
    """The preposition that governs a name and its distance in words; none if another name or a date stands between."""
    start = _head_of(sentence, run.first)
    for distance, index in enumerate(range(start - 1, max(start - 7, -1), -1)):
        word = sentence.word(index)
        if word in sentence.lexicon.grammar.prepositions:
            return word, distance
        if _country_word(sentence, index):
            continue
        if word == "and" and _pairs(sentence, index):
            return "between", 0
        if word == "and" and not any(each.first < index for each in sentence.governors):
            return None, 99
        if (
            word in sentence.lexicon.grammar.times
            or not word[:1].isalpha()
            or (sentence.line.capitalised(index) and distance == 0 and index > 0)
        ):
            return None, 99
    return None, 99


def _head_of(sentence: Sentence, first: int) -> int:
    """Where the phrase of who signs for an organisation begins: at the title in `the chairman of Uzbekistan Railways`."""
    start = first - 1 if sentence.word(first - 1) == "the" else first
    title = start - 2
    if sentence.word(start - 1) not in ("of", "at") or sentence.word(title) not in sentence.lexicon.organisations.signing_for:
        return first
    organisations = sentence.lexicon.organisations
    while title > 0 and sentence.word(title - 1) in organisations.signing_for | organisations.ranks:
        title -= 1
    return title


def _pairs(sentence: Sentence, link: int) -> bool:
    """Whether an `and` joins the second of two behind `between`: `between Peru and Oceanic Lines`."""
    for index in range(link - 1, max(link - _PAIRED, -1), -1):
        if sentence.word(index) == "between":
            return True
        if not (sentence.line.capitalised(index) or sentence.word(index) in _INSIDE):
            return False
    return False


def _clean(name: str) -> str:
    return _SENT.sub("", name.strip(" ,;")).removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
