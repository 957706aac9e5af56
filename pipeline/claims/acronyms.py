"""What the acronyms of a document stand for, each with the sentence that says so.

Finding them in a text belongs to `pipeline.language.acronyms`; here they are held against the document's own division: what
stands in page furniture, or reaches over the end of a sentence, is left out.
"""

from bisect import bisect_right

from pipeline.claims.claim import AcronymMention
from pipeline.documents.document import Document, Sentence
from pipeline.language.acronyms import find_acronyms
from pipeline.language.marks import AcronymMark


def acronym_mentions(document: Document) -> tuple[AcronymMention, ...]:
    """All mentions of a document, in the order of the text."""
    starts = [sentence.start for sentence in document.sentences]
    mentions = []
    for mark in find_acronyms(document.text):
        first, last = min(mark.start, mark.expansion_start), max(mark.end, mark.expansion_end)
        place = bisect_right(starts, first) - 1
        if place >= 0 and last <= document.sentences[place].end:
            mentions.append(_mention(mark, document.text, document.sentences[place]))
    return tuple(mentions)


def _mention(mark: AcronymMark, text: str, sentence: Sentence) -> AcronymMention:
    return AcronymMention(
        acronym=mark.text,
        acronym_start=mark.start,
        acronym_end=mark.end,
        expansion=mark.expansion,
        expansion_start=mark.expansion_start,
        expansion_end=mark.expansion_end,
        letters=mark.letters,
        evidence=text[sentence.start : sentence.end],
        evidence_start=sentence.start,
        evidence_end=sentence.end,
    )
