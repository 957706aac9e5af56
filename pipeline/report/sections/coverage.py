"""What the figures rest on: documents by month, publisher, source and language, and what could not be read or taken."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from pipeline.report import wording
from pipeline.report.drawings import Drawings
from pipeline.report.questions import Questions, Row
from pipeline.report.text import straight

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Holding:
    """A source or publisher and what comes from it."""

    name: str
    documents: int
    claims: int
    remark: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the file holds. `as_of` is the newest day of publication, `refreshed` when the file was made."""

    documents: int
    publishers: int
    claims: int
    trade_claims: int
    freight_claims: int
    agreement_claims: int
    rejected: int
    repeats: int
    superseded: int
    other_language: int
    undated: int
    unreadable: int
    first: date | None
    as_of: date | None
    refreshed: datetime | None
    version: str
    months: Markup | None
    by_month: tuple[tuple[str, int], ...]
    by_publisher: tuple[Holding, ...]
    by_source: tuple[Holding, ...]
    by_language: tuple[tuple[str, int, int], ...]
    not_read: tuple[tuple[str, int], ...]
    not_accepted: tuple[tuple[str, str, int], ...]


def coverage(questions: Questions, drawings: Drawings) -> Coverage:
    """What the file holds, from which sources and times."""
    corpus = questions.one("corpus")
    months = [(row["month"], row["documents"]) for row in reversed(questions.ask("documents_by_month"))]
    claims = sum(corpus[name] for name in ("trade_claims", "freight_claims", "agreement_claims"))
    return Coverage(
        documents=corpus["documents"],
        publishers=corpus["publishers"],
        claims=claims,
        trade_claims=corpus["trade_claims"],
        freight_claims=corpus["freight_claims"],
        agreement_claims=corpus["agreement_claims"],
        rejected=corpus["rejected"],
        repeats=corpus["repeats"],
        superseded=corpus["superseded"],
        other_language=corpus["other_language"],
        undated=corpus["undated"],
        unreadable=corpus["unreadable"],
        first=corpus["first_published_on"],
        as_of=corpus["last_published_on"],
        refreshed=corpus["finished_at"],
        version=corpus["extractor_version"] or "",
        months=drawings.drawn("columns_by_month", "Documents by month of publication; its data are in the table below", months)
        if months
        else None,
        by_month=tuple((wording.month(month), count) for month, count in months),
        by_publisher=tuple(_publisher(row) for row in questions.ask("documents_by_publisher")),
        by_source=tuple(_source(row) for row in questions.ask("documents_by_source")),
        by_language=tuple(
            (wording.label("language", row["language"]) or "not told", row["documents"], row["documents_with_claims"])
            for row in questions.ask("documents_by_language")
        ),
        not_read=tuple((str(row["reason"]).replace("_", " "), row["inputs"]) for row in questions.ask("not_read")),
        not_accepted=tuple(
            (row["family"], row["reason"].replace("_", " "), row["candidates"]) for row in questions.ask("not_accepted")
        ),
    )


def _publisher(row: Row) -> Holding:
    first, last = row["first_published_on"], row["last_published_on"]
    told = (
        ""
        if first is None
        else wording.short_day(first)
        if first == last
        else f"{wording.month(first)} to {wording.month(last)}"
    )
    name = straight(row["publisher"], _LONGEST_NAME) if row["publisher"] else "publisher not told"
    return Holding(name, row["documents"], row["claims"], told)


def _source(row: Row) -> Holding:
    read = f"last read {wording.day(row['last_read'].date())}" if row["last_read"] else "never read"
    failed = {"read": "", "partly_read": ", in part"}.get(row["last_outcome"], "; the last reading failed")
    unreadable = f"; {row['unreadable']:,} unreadable" if row["unreadable"] else ""
    return Holding(straight(row["source"]), row["documents"], row["claims"], f"{read}{failed}{unreadable}")
