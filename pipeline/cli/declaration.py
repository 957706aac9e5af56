"""The declaration of sources as a refresh would take it, for commands that only look at it."""

# ruff: noqa: PLC0415 - Dagster takes seconds to import, and is asked about schedules alone

from pathlib import Path

from pipeline.sources.declared import Declaration, load_declarations


def declarations(path: Path) -> list[Declaration]:
    """What a file declares, in its order. Raises `SourceError`, also for a schedule that would not be run."""
    return load_declarations(path, require_taken=_require_taken)


def _require_taken(schedule: str, timezone: str) -> None:
    from pipeline.orchestration.crons import require_taken

    require_taken(schedule, timezone)
