"""What changed since the file that was published before: documents and claims that came, went, or say something else."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.report import wording
from pipeline.report.notes import Cited, Notes
from pipeline.report.questions import Questions, Row
from pipeline.report.text import straight

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a claim or document. `before` is what an altered claim said."""

    kind: str
    what: Cited
    before: str
    where: str


@dataclass(frozen=True, slots=True)
class LatestChange:
    """The last refresh that changed anything: `is_first` if there was nothing before it, `is_latest` if none came after it.
    `counts` are in words.
    """

    refreshed: datetime
    is_first: bool
    is_latest: bool
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh has changed, the first of it, and how much there is."""

    documents: tuple[Change, ...]
    claims: tuple[Change, ...]
    all_documents: int
    all_claims: int


_KINDS = {"added": "new", "altered": "changed", "removed": "gone"}


def latest_change(questions: Questions) -> LatestChange | None:
    """When something changed last, and how much; None if no refresh is known to have changed anything."""
    found = questions.ask("latest_changes")
    if not found:
        return None
    latest = found[0]
    counts = [
        f"{wording.counted(latest[f'{what}s_{kind}'], what)} {words}"
        for what in ("document", "claim")
        for kind, words in _KINDS.items()
        if latest[f"{what}s_{kind}"]
    ]
    return LatestChange(latest["finished_at"], latest["is_first"], latest["is_latest"], tuple(counts))


def changes(questions: Questions, notes: Notes) -> Changes | None:
    """What the last refresh that changed anything has changed; None if none is known."""
    found = questions.ask("latest_changes")
    if not found:
        return None
    latest = found[0]
    wanted = {"refresh": latest["refresh_id"]}
    # Of a first refresh all is new; to list some of it would say nothing.
    documents = [] if latest["is_first"] else questions.ask("changed_documents", **wanted)
    claims = [] if latest["is_first"] else questions.ask("changed_claims", **wanted)
    return Changes(
        documents=tuple(_document(row, _KINDS) for row in documents),
        claims=tuple(_claim(row, _KINDS, notes) for row in claims),
        all_documents=sum(latest[f"documents_{kind}"] for kind in _KINDS),
        all_claims=sum(latest[f"claims_{kind}"] for kind in _KINDS),
    )


def _document(row: Row, kinds: dict[str, str]) -> Change:
    return Change(kinds[row["change"]], Cited(straight(row["title"] or row["uri"], _LONGEST)), "", _where(row))


def _claim(row: Row, kinds: dict[str, str], notes: Notes) -> Change:
    cited = [] if row["change"] == "removed" else [row["claim_id"]]
    said = notes.cited(straight(row["summary"], _LONGEST), cited, row["confidence"])
    before = straight(row["previous_summary"], _LONGEST) if row["previous_summary"] else ""
    return Change(kinds[row["change"]], said, before, _where(row))


def _where(row: Row) -> str:
    publisher = straight(row["publisher"], _LONGEST) if row["publisher"] else ""
    day = wording.short_day(row["published_on"]) if row["published_on"] else ""
    return ", ".join(part for part in (publisher, day) if part)
