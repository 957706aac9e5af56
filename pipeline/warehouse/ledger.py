"""What each source held when it was last read, and how that differs from what it holds now.

Comparing belongs here; reading sources and texts does not. A ledger is a frame of `LEDGER_SCHEMA`: one row for each input,
present, unreadable or removed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import polars as pl


class State(StrEnum):
    """Whether an input is there, could not be fetched, or is gone."""

    PRESENT = "present"
    UNREADABLE = "unreadable"
    REMOVED = "removed"


# doc_id is NULL for what could not be read, input_id for what could not even be fetched.
INPUT_SCHEMA = pl.Schema(
    {
        "uri": pl.String(),
        "file_name": pl.String(),
        "input_id": pl.String(),
        "doc_id": pl.String(),
        "state": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
)
_INSTANT = pl.Datetime("us", "UTC")
LEDGER_SCHEMA = pl.Schema({**INPUT_SCHEMA, "first_seen": _INSTANT, "last_seen": _INSTANT, "refresh_id": pl.String()})
# `seen` is whether the source met the input this time, and did not only give what it keeps of it; `met_at` when it last did
# before, NULL if it does not say.
MET_SCHEMA = pl.Schema({**INPUT_SCHEMA, "seen": pl.Boolean(), "met_at": _INSTANT})


@dataclass(frozen=True, slots=True)
class Comparison:
    """The documents of a source, as ids, by what became of them since it was last read; each sorted.

    A document that moved to another address is unchanged. One that took the address of another is changed, and the one whose
    place it took does not count as removed.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def compare(ledger: pl.DataFrame, current: pl.DataFrame) -> Comparison:
    """Compares a ledger with what its source holds now: a frame with `uri`, `doc_id`, whatever the order of its rows."""
    before = ledger.filter(pl.col("state") == State.PRESENT).drop_nulls("doc_id").select("uri", "doc_id")
    after = current.drop_nulls("doc_id").select("uri", "doc_id")
    arrived = after.join(before, on="doc_id", how="anti")
    gone = before.join(after, on="doc_id", how="anti")
    changed = set(arrived.join(before, on="uri", how="semi")["doc_id"])
    replaced = set(gone.join(after, on="uri", how="semi")["doc_id"])
    return Comparison(
        new=tuple(sorted(set(arrived["doc_id"]) - changed)),
        changed=tuple(sorted(changed)),
        unchanged=tuple(sorted(set(after["doc_id"]) & set(before["doc_id"]))),
        removed=tuple(sorted(set(gone["doc_id"]) - replaced)),
    )


def next_ledger(ledger: pl.DataFrame, inputs: pl.DataFrame, refresh_id: str, seen_at: datetime) -> pl.DataFrame:
    """The ledger after a refresh that found `inputs`, a frame of `MET_SCHEMA`.

    A document keeps the time it was first seen, also when it moved, had been gone for a while, or the same bytes are read as
    another text. One that was not met this time keeps the time it was last seen at its address; if the ledger has none, that is
    when its source says that it met it, so that a ledger that was lost is made again as far as sources know.
    """
    stamp = pl.lit(seen_at).cast(_INSTANT)
    unmet = pl.when(pl.col("seen").not_()).then(pl.min_horizontal("met_at", stamp))
    known = ledger.drop_nulls("input_id")
    since = [known.drop_nulls(key).group_by(key).agg(pl.col("first_seen").min().alias(f"by_{key}")) for key in _IDENTITIES]
    last = known.group_by("uri", "input_id").agg(pl.col("last_seen").max())
    met = inputs.sort("seen", *INPUT_SCHEMA, descending=[True, *(False for _ in INPUT_SCHEMA)])
    present = (
        met.unique(["uri", "input_id"], keep="first", maintain_order=True)
        .join(since[0], on=_IDENTITIES[0], how="left")
        .join(since[1], on=_IDENTITIES[1], how="left")
        .join(last, on=["uri", "input_id"], how="left")
        .with_columns(
            first_seen=pl.coalesce(pl.min_horizontal("by_doc_id", "by_input_id"), unmet, stamp),
            last_seen=pl.when("seen").then(stamp).otherwise(pl.coalesce("last_seen", unmet, stamp)),
            refresh_id=pl.lit(refresh_id),
        )
        .select(LEDGER_SCHEMA.names())
    )
    return pl.concat([present, gone(ledger).join(present, on=["uri", "input_id"], how="anti")]).sort("state", "uri", "input_id")


_IDENTITIES = ("doc_id", "input_id")


def gone(ledger: pl.DataFrame) -> pl.DataFrame:
    """The ledger with all it held marked as removed; what could never be fetched is forgotten."""
    return ledger.drop_nulls("input_id").with_columns(state=pl.lit(State.REMOVED.value))
