"""Columns that many tables have, each made in one way. What a whole table holds is in `tables` and `analysis`."""

from pipeline.contract.fields import Field, Reference, Type


def places(name: str, description: str) -> Field:
    """A list of countries and blocs."""
    return Field(name, Type.TEXTS, description, vocabulary="places")


def count(name: str, description: str, nullable: bool = False) -> Field:
    """A whole number from 0."""
    return Field(name, Type.INTEGER, description, minimum=0, nullable=nullable)


def share(name: str, description: str, nullable: bool = False) -> Field:
    """A number from 0 to 1."""
    return Field(name, Type.NUMBER, description, minimum=0, maximum=1, nullable=nullable)


def number(name: str, description: str, nullable: bool = False, unit: str | None = None) -> Field:
    """A number of any size and sign."""
    return Field(name, Type.NUMBER, description, nullable=nullable, unit=unit)


def text(name: str, description: str, nullable: bool = False, pattern: str | None = None) -> Field:
    """Any text, or one that a pattern matches wholly."""
    return Field(name, Type.TEXT, description, nullable=nullable, pattern=pattern)


def texts(name: str, description: str) -> Field:
    """A sorted list of texts without repeats."""
    return Field(name, Type.TEXTS, description)


def truth(name: str, description: str, nullable: bool = False) -> Field:
    """True or false."""
    return Field(name, Type.TRUTH, description, nullable=nullable)


def day(name: str, description: str, nullable: bool = True) -> Field:
    """A day; NULL is open or untold unless it is forbidden."""
    return Field(name, Type.DATE, description, nullable=nullable)


def code(name: str, description: str, vocabulary: str, nullable: bool = False) -> Field:
    """A code of a vocabulary of `pipeline.contract.vocabulary.Vocabulary`."""
    return Field(name, Type.TEXT, description, vocabulary=vocabulary, nullable=nullable)


def document_of_row() -> Reference:
    """Points to the document that a row is about."""
    return Reference("doc_id", "documents", "doc_id")


def claim_of_row(field: str = "claim_id") -> Reference:
    """Points to a claim of any family."""
    return Reference(field, "claims", "claim_id")
