"""Who is said to have said it.

The verbs of saying are data in `seeds/reference/claim_cues.toml`; which words make the speaker's name is grammar and
stands here.
"""

import re
from dataclasses import dataclass

from pipeline.claims.cues import Cue
from pipeline.claims.memory import Memory
from pipeline.claims.scene import Scene

_STOP = re.compile(
    r"[,;:.()\"“”—]|\s[–-]\s|\b(?:that|which|who|as|on|in a|in an|when|while|after|and said|show|shows|said|told|has|have|had|is|was|"
    r"were|reported|reports|released|published|for|to)\b"
)
_LEAD = re.compile(r"^(?:(?:and|but|as|also|however|meanwhile|earlier|later|while|that|what|,)\s+)+", re.IGNORECASE)
_PRONOUN_SUBJECT = re.compile(r"(?:^|[,\"”“;]\s*|\band\s+|\bas\s+)(he|she|they|it)\s+(?:also\s+|further\s+|has\s+|had\s+)?$")
_NAME = re.compile(r"[^\W\d_]")
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Speaker:
    """A named speaker at his place in the text."""

    start: int
    end: int
    text: str


def speaker_of(scene: Scene, text: str, memory: Memory) -> Speaker | None:
    """The speaker whom a sentence names, or the one that it refers to by a pronoun (then at an empty place)."""
    for cue in scene.of_kind("said_by"):
        found = _after(scene, cue, text)
        if found:
            return found
    for cue in scene.of_kind("says"):
        if _PRONOUN_SUBJECT.search(scene.folded[scene.reading.start : cue.start]) and memory.speaker:
            return Speaker(scene.reading.start, scene.reading.start, memory.speaker)
        found = _before(scene, cue, text) or _inverted(scene, cue, text)
        if found:
            return found
    return None


def _after(scene: Scene, cue: Cue, text: str) -> Speaker | None:
    """`according to X`."""
    tail = text[cue.end : min(scene.reading.end, cue.end + _LONGEST)]
    body = tail.lstrip()
    offset = cue.end + len(tail) - len(body)
    stop = _STOP.search(body, 1)
    name = body[: stop.start()] if stop else body
    return _speaker(offset, name, text) if cue.phrase not in ("said", "says") or name[:1].isupper() else None


def _before(scene: Scene, cue: Cue, text: str) -> Speaker | None:
    """`X said`."""
    begin = max(scene.reading.start, cue.start - _LONGEST)
    head = text[begin : cue.start]
    cut = max(
        (match.end() for match in re.finditer(r"[;:()\"“”—,]\s*|\s[–-]\s|\b(?:that|which|while|after|when|but)\s", head)),
        default=0,
    )
    name = head[cut:].strip()
    if not name:
        return None
    lead = _LEAD.match(name)
    name = name[lead.end() :] if lead else name
    start = begin + head.rfind(name)
    return _speaker(start, name, text) if _is_subject(name) else None


def _inverted(scene: Scene, cue: Cue, text: str) -> Speaker | None:
    """`"...," said X`."""
    if cue.phrase not in ("said", "says", "told", "added", "wrote", "explained", "noted") or text[
        max(cue.start - 3, 0) : cue.start
    ].strip()[-1:] not in (",", '"', "”", "'"):
        return None
    return _after(scene, Cue(cue.start, cue.end, "", "said_by", "", True, False), text)


def _is_subject(name: str) -> bool:
    """A speaker's name holds a capitalised word and no number."""
    tokens = name.split()
    return (
        0 < len(tokens) <= 12
        and any(token[:1].isupper() for token in tokens)
        and not any(character.isdigit() for character in name)
    )


def _speaker(start: int, name: str, text: str) -> Speaker | None:
    trimmed = name.strip(" ,'\n")
    if not _NAME.search(trimmed) or trimmed.lower() in ("he", "she", "they", "it", "we", "i", "a", "the") or len(trimmed) < 3:
        return None
    begin = text.find(trimmed, start)
    return Speaker(begin, begin + len(trimmed), trimmed) if begin >= 0 else None
