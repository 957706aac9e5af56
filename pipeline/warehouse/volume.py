"""Judges whether a source gave about as many documents as it usually does.

A feed that suddenly gives nothing, or ten times as much, is broken more often than its subject is; its reading is held back, so
that the last good data stay. Committing readings, or not, belongs to `refreshing`.
"""

from dataclasses import dataclass
from statistics import median

import polars as pl

from pipeline.contract.reference import read_toml
from pipeline.sources.running import HOLD_BACK, VolumeLimits
from pipeline.warehouse.store import PARTLY_READ, Store, is_good_reading


@dataclass(frozen=True, slots=True)
class Volume:
    """What a source `usually` gives, None if that is not known. `fault` says how a reading differs from it, if it does, and
    `too_many` whether by giving more.
    """

    usually: float | None = None
    fault: str | None = None
    too_many: bool = False


def judge_volume(store: Store, source: str, documents: int, limits: VolumeLimits | None = None) -> Volume:
    """Judges a reading that met `documents`, by the good readings of `source` before it. `limits` go before the project's own.

    What differs from what is usual, but not from the last good reading, is no fault: that one was accepted.
    """
    own = read_toml("volume.toml")
    limits = limits or VolumeLimits()
    before = _good_readings(store, source)[-own["readings_compared"] :]
    if not before:
        return Volume()
    usually = median(before)
    references = (usually, before[-1])
    long_known = len(before) >= own["readings_before_judging"]
    if not all(references) or not documents:
        judged = all(references) and (long_known or usually >= own["fewest_documents"])
        held_back = judged and (limits.empty or own["empty"]) == HOLD_BACK
        return Volume(usually, "met no document" if held_back else None)
    least = own["least"] if limits.least is None else limits.least
    if long_known and all(documents < least * reference for reference in references):
        return Volume(usually, f"met only {_counted(documents)}")
    most = own["most"] if limits.most is None else limits.most
    if long_known and documents >= own["never_too_many"] and all(documents > most * reference for reference in references):
        return Volume(usually, f"met {_counted(documents)}", too_many=True)
    return Volume(usually)


def accepting(source: str) -> str:
    """The command that takes what a source gives, whatever its volume."""
    return f"corridor refresh --source {source} --accept {source}"


def advice(source: str) -> str:
    """What to do about a reading that was held back."""
    return f"look at the source, and if this is right: {accepting(source)}"


def told(volume: Volume, source: str) -> str:
    """Why a reading was held back, and what to do, in one line."""
    why = f"{volume.fault}, and usually {volume.usually:,.0f}, so this reading was held back and what the source held stays"
    return f"{why}; {advice(source)}"


def without_advice(detail: str, source: str) -> str:
    """Why a reading was held back, of what was told, for who says what to do in another place."""
    return detail.removesuffix(f"; {advice(source)}")


def told_left_out(texts: int, source: str) -> str:
    """That texts are left out which only readings held back met, and what to do, in one line; empty for none."""
    if not texts:
        return ""
    which = (
        "1 text that only a reading held back met is" if texts == 1 else f"{texts:,} texts that only readings held back met are"
    )
    return f"{which} still left out; to take them in: {accepting(source)}"


def _counted(documents: int) -> str:
    return f"{documents:,} document{'' if documents == 1 else 's'}"


def _good_readings(store: Store, source: str) -> list[int]:
    """How many documents a source gave in each good reading of all of it, oldest first."""
    whole = is_good_reading() & (pl.col("status") != PARTLY_READ)
    good = store.source_refreshes().filter(pl.col("source") == source, whole)
    given = pl.coalesce("documents_given", "documents_seen")
    return good.sort("finished_at").select(given).to_series().to_list()
