"""The gate before the date grammar: a cheap pattern that lets only those places through where an expression may open.

It is there for speed alone: it may let through what is no date, and must let through whatever a rule could read.
"""

import re

from pipeline.language.dates_words import words
from pipeline.language.phrases import trie

# Words that open an expression but say nothing alone; a word with content or a number must follow.
_LEADS = frozenset(
    ["the", "a", "an", "in", "by", "from", "than", "as", "no", "not", "up", "at", "this", "that", "to", "between", "within"]
)
# What may stand between such a word and the content.
_INNER = frozenset(["on", "of", "for", "during", "or", "than", "until", "up"])
_LISTS = (
    "months",
    "weekdays",
    "numbers",
    "ordinals",
    "units",
    "offsets",
    "seasons",
    "holidays",
    "moving_holidays",
    "parts",
    "day_words",
)


def _telling() -> set[str]:
    """The first word with content of every phrase that may open an expression."""
    data = words()
    phrases = [phrase for name in _LISTS for phrase in data[name]]
    phrases += [*data["now"]["words"], *data["so_far"]["words"], *data["since_events"]["words"], *data["openers"]["words"]]
    phrases += [*data["solar"]["words"], *data["solar"]["months"]]
    phrases += [*data["split_years"]["fiscal"], *data["split_years"]["season"], *data["year_words"]["centuries"], "then"]
    found = set()
    for phrase in phrases:
        content = [word for word in re.findall(r"[a-z\d]+", phrase) if word not in _LEADS | _INNER]
        found.update(content[:1])
    return found


def _role_words(at: slice) -> set[str]:
    return {word for phrases in words()["roles"].values() for phrase in phrases for word in phrase.rstrip(".").split()[at]}


def gate_pattern() -> str:
    """The pattern, as a template that knows `<S>` and `<MON>`."""
    data = words()
    leads = _LEADS | _role_words(slice(1))
    inner = _LEADS | _INNER | _role_words(slice(1, None))
    glue = {word for phrase in data["glue"]["words"] for word in phrase.split()}
    behind_number = {
        *data["months"],
        *data["units"],
        *data["offsets"],
        "century",
        "of",
        "to",
        "and",
        "through",
        "until",
        "till",
        "or",
        "m",
        "q",
        "h",
    }
    number = (
        r"(?:(?:1[3-9]|2[01])\d\d(?!\d)"
        r"|\d{1,4}[-/.]\d"
        r"|\d{1,3}(?:st|nd|rd|th)?(?:\s?[-–—~]\s?\d|[\s/-]{0,9}(?:" + trie(behind_number) + r")|(?=[.!?;,:)–]|\s[-–]|$)))"
    )
    word = f"(?:{trie(_telling())})(?![^\\W\\d])"
    return rf"(?:(?:{trie(leads)})\s{{1,9}}(?:(?:{trie(inner | glue)})\s{{1,9}}){{0,5}})?(?:{number}|{word})"
