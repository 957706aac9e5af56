"""Who says what an agreement or event claim tells: the speakers of each sentence, found once for a document that has claims.

Reading speakers off a sentence belongs to `attribution`; claims with a number ask it themselves.
"""

from dataclasses import dataclass
from functools import cached_property

from pipeline.claims.context.cues import find_cues
from pipeline.claims.context.interviews import answers
from pipeline.claims.context.reading import Reading, Word, within
from pipeline.claims.context.scene import Scene
from pipeline.claims.slots.attribution import Statement, remember_speaker, speaker_at, statements
from pipeline.claims.slots.outline import begin_memory


@dataclass(frozen=True)
class Speakers:
    """The speakers of a document; nothing is searched before the first question."""

    reading: Reading

    def of(self, sentence: int, told: Word) -> str | None:
        """Who says what the word at `told` tells in the sentence with this index, verbatim; None if nobody is named."""
        return speaker_at(self._said[sentence], told)

    @cached_property
    def _said(self) -> list[tuple[Statement, ...]]:
        reading = self.reading
        cues, text = find_cues(reading.folded), reading.document.text
        memory = begin_memory(reading)
        memory.answers = answers(reading)
        found = []
        for sentence in reading.sentences:
            scene = Scene(reading.folded, sentence, within(cues, sentence.start, sentence.end))
            said = statements(scene, text, memory)
            remember_speaker(scene, text, memory, said)
            found.append(said)
        return found
