"""A document as the makers of claims read it: its sentences laid out with their cues, what it opens with, and who speaks where.

Each is found once, for claims of every kind. Reading speakers off a sentence belongs to `attribution`, an opening to `outline`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.claims.context.cues import Cue, find_cues
from pipeline.claims.context.interviews import answers
from pipeline.claims.context.memory import Memory, Speech
from pipeline.claims.context.reading import Reading, SentenceReading, Spanned, read, shared_out
from pipeline.claims.context.scene import Scene
from pipeline.claims.slots.attribution import Statement, remember_speaker, speaker_at, statements, with_sources
from pipeline.claims.slots.outline import begin_memory
from pipeline.documents.document import Document


@dataclass(frozen=True)
class Script:
    """The sentences of a document that are read, with the cues of its whole text."""

    reading: Reading
    sentences: tuple[SentenceReading, ...]
    cues: list[Cue]

    def only(self, sentences: Iterable[SentenceReading]) -> "Script":
        """The same document with no more than these sentences."""
        return replace(self, sentences=tuple(sentences))

    @cached_property
    def opening(self) -> Memory:
        """What a reader knows after the headline and the lead. Whoever goes on from there takes a copy."""
        return begin_memory(self.reading, self.cues)

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """The sentences with their cues, in the order of the text."""
        folded = self.reading.folded
        cues = shared_out(self.cues, self.sentences)
        return tuple(Scene(folded, sentence, inside) for sentence, inside in zip(self.sentences, cues, strict=True))

    @cached_property
    def said(self) -> dict[int, tuple[Statement, ...]]:
        """Who speaks in each sentence, by the index of the sentence."""
        text, speech = self.reading.document.text, Speech(answers(self.reading))
        found = {}
        for scene in self.scenes:
            found[scene.reading.index] = statements(scene, text, speech)
            remember_speaker(scene, text, speech, found[scene.reading.index])
        return with_sources(self.scenes, text, found)

    def speaker(self, sentence: int, told: Spanned) -> str | None:
        """Who says what stands at `told` in the sentence with this index, verbatim; None if nobody is named."""
        return speaker_at(self.said[sentence], told)


def read_script(document: Document) -> Script:
    """Finds all marks and cues of a document."""
    reading = read(document)
    return Script(reading, reading.sentences, find_cues(reading.folded))
