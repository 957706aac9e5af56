"""Who answers in an interview: which paragraphs are somebody's answers, and his name.

Only the layout of questions and answers belongs here; speakers whom a sentence names belong to `attribution`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.claims.context.reading import Reading, SentenceReading
from pipeline.contract.reference import read_toml

_LABEL = re.compile(r"\W{0,3}(?P<label>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3})\s?:\s")
_NAME = re.compile(r"\b[A-Z][a-zà-ž'’-]+(?:\s(?:[A-Z]\.|[A-Z][a-zà-ž'’-]+|al|bin|de|van|von)){0,2}\s[A-Z][a-zà-ž'’-]+\b")
# Who is asked: `a conversation with Jane Doe`, `We spoke to Jane Doe`.
_ASKED = re.compile(
    r"\b(?i:(?:interview|conversation|talk|chat|discussion|dialogue|questions and answers|q&a|session|exchange) with"
    r"|(?:we|i) (?:have )?(?:spoke|spoken|talked|talk|sat down) (?:to|with)|we (?:asked|interviewed)|questions (?:for|to)) "
    r"(?:(?i:mr|ms|mrs|dr|prof)\.? )?(?=[A-Z])"
)
_FEWEST = 2  # labels of one kind, or questions, that make an interview
_NEAR = 80  # characters between a name and the word for his office


def answers(reading: Reading) -> dict[int, str]:
    """The paragraphs that are answers, each with the name of who answers, as the text has it. Empty where nobody is asked."""
    firsts: dict[int, SentenceReading] = {}
    for sentence in reading.sentences:
        firsts.setdefault(sentence.sentence.paragraph, sentence)
    labels = {paragraph: label for paragraph, first in firsts.items() if (label := _label(reading, first))}
    if max(Counter(labels.values()).values(), default=0) >= _FEWEST and len(set(labels.values())) >= _FEWEST:
        return _labelled(reading, firsts, labels)
    return _unlabelled(reading, firsts)


def _label(reading: Reading, first: SentenceReading) -> str | None:
    found = _LABEL.match(reading.document.text, first.start, first.end)
    return found["label"] if found and first.sentence.kind != "title" else None


def _labelled(reading: Reading, firsts: dict[int, SentenceReading], labels: dict[int, str]) -> dict[int, str]:
    """Answers that a label opens; paragraphs without one go on with the last, up to the next heading."""
    lists = _lists()
    limit = firsts[min(labels)].start
    found: dict[int, str] = {}
    speaker: str | None = None
    for paragraph, first in firsts.items():
        label = labels.get(paragraph)
        if label is not None and label.lower() in lists["questions"]:
            speaker = None
        elif label is not None:
            speaker = (
                _person(reading, limit)
                if label.lower() in lists["answers"]
                else _full_name(reading.document.text[:limit], label)
            )
        elif first.sentence.kind == "heading" or _is_upper(reading, first):
            speaker = None
        if speaker:
            found[paragraph] = speaker
    return found


def _unlabelled(reading: Reading, firsts: dict[int, SentenceReading]) -> dict[int, str]:
    """Answers that follow paragraphs which are questions."""
    text = reading.document.text
    ends = {sentence.sentence.paragraph: sentence.end for sentence in reading.sentences}
    asked = [paragraph for paragraph, first in firsts.items() if _is_question(text[first.start : ends[paragraph]])]
    if len(asked) <= _FEWEST or not any(word in reading.folded[: firsts[asked[0]].start] for word in _lists()["interview"]):
        return {}
    speaker = _person(reading, firsts[asked[0]].start)
    return {paragraph: speaker for paragraph in firsts if speaker and paragraph > asked[0] and paragraph not in asked}


def _is_question(paragraph: str) -> bool:
    return paragraph.rstrip(' \n"”*_').endswith("?")


def _is_upper(reading: Reading, first: SentenceReading) -> bool:
    return reading.document.text[first.start : first.end].isupper()


def _full_name(lead: str, label: str) -> str:
    """The name that a label shortens: the full one that the lead gives for it, else the label itself."""
    last = label.rsplit(maxsplit=1)[-1].lower()
    return next((name for name in _NAME.findall(lead) if name.lower().endswith(last)), label)


def _person(reading: Reading, limit: int) -> str | None:
    """Whom the lead, up to a place, presents: the first name near a word for an office or for being asked."""
    lead = reading.document.text[:limit]
    if (asked := _ASKED.search(lead)) and (named := _NAME.match(lead, asked.end())):
        return named.group()
    offices = [match.start() for match in _offices().finditer(lead)]
    places = [name for sentence in reading.sentences for name in sentence.names if name.kind != "person" and name.start < limit]
    for found in _NAME.finditer(lead):
        near = any(-_NEAR <= office - found.start() <= _NEAR for office in offices)
        known = any(name.start < found.end() and found.start() < name.end for name in places)
        if near and not known and not _offices().search(found.group()) and _stands_alone(lead, found):
            return found.group()
    return None


def _stands_alone(lead: str, found: re.Match[str]) -> bool:
    """Whether a name is set off as a person's is: by commas, or behind a title."""
    before, after = lead[: found.start()].rstrip(), lead[found.end() :].lstrip()
    return before.endswith(",") or after.startswith((",", "(")) or _offices().search(before[-_TITLE:]) is not None


_TITLE = 14


@cache
def _offices() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{'|'.join(re.escape(word) for word in _lists()['persons'])})(?!\w)")


@cache
def _lists() -> dict[str, Sequence[str]]:
    attribution = read_toml("claim_cues.toml")["attribution"]
    return {name: attribution[name] for name in ("persons", "questions", "answers", "interview")}
