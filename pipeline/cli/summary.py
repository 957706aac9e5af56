"""What is told of the dataset on a screen: after a refresh, and by `corridor status`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.cli.declaration import declarations
from pipeline.cli.formats import printable
from pipeline.cli.options import WAREHOUSE_FILE
from pipeline.report.place import report_path
from pipeline.sources.raw import SourceError
from pipeline.warehouse.default_sources import default_sources_file
from pipeline.warehouse.queries import TOLD_OTHERWISE, DatasetStatus, SourceStatus
from pipeline.warehouse.store import HELD_BACK, PARTLY_READ, Store


def refresh_summary(status: DatasetStatus, warehouse: Path, seconds: float) -> str:
    """Documents, claims by family, rejects, where the file is, and what to try next."""
    return "\n".join(
        [
            f"Published {warehouse} in {seconds:.1f} s",
            "",
            *_counts(status),
            "",
            *_next_steps(status, warehouse),
        ]
    )


def status_report(status: DatasetStatus, warehouse: Path) -> str:
    """Sources, the last refresh, documents, claims, rejects and quality."""
    refresh = status.refresh
    return "\n".join(
        [
            f"{warehouse}, refreshed {_moment(refresh.get('finished_at'))} ({refresh.get('refresh_id')})",
            *_failed(status.failed_refresh),
            "",
            *_counts(status),
            "",
            "Quality",
            *(f"  {name.replace('_', ' '):<24}{_share(value):>8}" for name, value in status.quality.items()),
            *_accuracy(status.accuracy),
            "",
            "Sources",
            *(line for source in status.sources for line in _source(source)),
        ]
    )


def declaration_fault(path: Path | None, store: Store) -> list[str]:
    """What is wrong with a declaration of sources, in a line; nothing if all is well. None is the default one of `store`."""
    try:
        declarations(path or default_sources_file(store))
    except SourceError as fault:
        told = " ".join(str(fault).split())
        return [f"the declaration of sources is faulty, and nothing is read until it is mended: {printable(told)}", ""]
    return []


def _failed(refresh: Mapping[str, Any] | None) -> list[str]:
    if refresh is None:
        return []
    reason = printable(": ".join(filter(None, (refresh["status"].replace("_", " "), refresh.get("detail")))))
    return [f"a later refresh, {_moment(refresh['started_at'])}, was not published: {reason}"]


def _accuracy(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    unseen = " from which no rule was learnt" if rows[0]["texts"] == "left_out" else ""
    return [
        "",
        f"Accuracy on {counted(rows[0]['documents'], 'annotated text')}{unseen}, F1",
        *(f"  {row['kind']:<16}found {_share(row['found_f1'])}, right {_share(row['right_f1'])}" for row in rows),
    ]


def _counts(status: DatasetStatus) -> list[str]:
    changes = ", ".join(f"{status.changes[kind]:,} {kind}" for kind in ("new", "changed", "removed"))
    retold = status.changes.get(TOLD_OTHERWISE, 0)
    changes += f"; {retold:,} {TOLD_OTHERWISE}: see document_changes" if retold else ""
    copies = status.files - status.documents
    rejected = ", ".join(f"{count:,} {family}" for family, count in status.rejected.items() if count)
    return [
        _line("documents", status.documents, changes),
        *(_line(f"{family} claims", count) for family, count in status.claims.items()),
        _line("rejected", sum(status.rejected.values()), f"{rejected}: see rejected_claims" if rejected else ""),
        *([_line("copies", copies, f"of {status.files:,} files: see document_locations")] if copies else []),
        *([_line("repeats", status.duplicates, "see documents.duplicate_of")] if status.duplicates else []),
        *([_line("superseded", status.superseded, "see documents.superseded_by")] if status.superseded else []),
        *([_line("other languages", status.other_language, "no claims: see language_read")] if status.other_language else []),
        *([_line("unreadable", status.unreadable, "see unreadable_documents")] if status.unreadable else []),
    ]


def _line(name: str, count: int, remark: str = "") -> str:
    return f"  {name:<18}{count:>10,}{'   ' + remark if remark else ''}".rstrip()


def _next_steps(status: DatasetStatus, warehouse: Path) -> list[str]:
    if not status.documents:
        return ["There is no document: put .txt or .md files into a source's folder and refresh again."]
    where = "" if warehouse == WAREHOUSE_FILE else f" --warehouse {warehouse}"
    return [
        "Next:",
        f'  corridor sql "SELECT family, indicator, value_low, unit, evidence FROM claims LIMIT 10"{where}',
        f"  corridor explain CLAIM_ID{where}",
        f"  corridor status{where}",
        f"  open {report_path(warehouse)} in a browser",
    ]


def _source(source: SourceStatus) -> list[str]:
    last = f"read {_moment(source.last_read)}" if source.last_read else "never read"
    held = f"{counted(source.documents, 'document')}, {counted(source.claims, 'claim')}, {source.unreadable:,} unreadable"
    lines = [f"  {printable(source.source)}: {last}; {held}"]
    if source.last_outcome in (HELD_BACK, PARTLY_READ) or source.last_outcome.endswith("failed"):
        word = "failed" if source.last_outcome.endswith("failed") else source.last_outcome.replace("_", " ")
        lines.append(f"    {word} {_moment(source.last_tried)}: {printable(source.detail or '')}")
    elif source.detail:
        lines.append(f"    {printable(source.detail)}")
    return lines


def counted(count: int, name: str) -> str:
    """A number with what it counts, in the plural unless it is one."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else "never"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
