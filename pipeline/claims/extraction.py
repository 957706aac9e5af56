"""The heavy function: all claims of a document, a pure function of it.

Spreading it over workers belongs elsewhere.
"""

from functools import cache

from pipeline.claims.acronyms import acronym_mentions
from pipeline.claims.agreements.claims import agreement_claims
from pipeline.claims.claim import Extraction
from pipeline.claims.denials import with_denials
from pipeline.claims.events.claims import event_claims
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.contract.reference import read_toml
from pipeline.documents.document import Document


def extract_claims(document: Document) -> Extraction:
    """All claims of a document, and what its acronyms stand for, in the order of the text; none in a language not read."""
    if document.language not in languages_read():
        return Extraction((), ())
    script = read_script(document)
    numbers = quantity_claims(script)
    events = event_claims(script, numbers)
    quantities = sorted(
        [*numbers, *events], key=lambda claim: (claim.evidence_start, claim.value_start or claim.evidence_start)
    )
    agreements = with_denials(script.reading, agreement_claims(script))
    return Extraction(with_denials(script.reading, quantities), agreements, acronym_mentions(document))


@cache
def languages_read() -> frozenset[str]:
    """The languages in which claims are found, ISO 639-1."""
    return frozenset(read_toml("languages_read.toml")["read"])


def language_name(code: str) -> str:
    """What a language is called in English, or its code where it has no name here."""
    return str(read_toml("languages_read.toml")["name"].get(code, code))
