"""What publishing takes of time and memory, in a process of its own, by the number of documents.

    python -m benchmarks.run --only publishing

Stores are made by `benchmarks/stores.py`, so that sizes can be published that would take hours to extract. Each is published
twice: the second time nothing has changed.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import measured_python, size_of
from benchmarks.results import Section, count, mebibytes, seconds, table
from benchmarks.stores import CLAIMS_OF_A_DOCUMENT, make_store
from pipeline.warehouse.room import memory_limit

KINDS = ("anew", "nothing changed")
Figures = dict[str, float]


def publishing(sizes: Iterable[int]) -> Section:
    """Measures publishing at each number of documents."""
    found = {size: published(size) for size in sizes}
    rows = [
        (
            count(size),
            count(one["claims"]),
            kind,
            seconds(one["wall"]),
            seconds(one["cpu"]),
            mebibytes(one["peak"]),
            mebibytes(one["file"]),
        )
        for size, kinds in found.items()
        for kind, one in kinds.items()
    ]
    text = f"""\
`publish` alone, without reading, extracting, Dagster and report, of generated claims ({CLAIMS_OF_A_DOCUMENT} a document), in
a process of its own, of which DuckDB may hold {mebibytes(memory_limit())} MiB (`CORRIDOR_MEMORY`); the rest goes to the disk.
Peak is the memory of the whole process.

{table(("documents", "claims", "publish", "wall s", "CPU s", "peak MiB", "file MiB"), rows)}
"""
    return Section("publishing", "Publishing by the number of documents", text, {"sizes": found})


def published(documents: int) -> dict[str, Figures]:
    """What publishing so many documents costs, by kind."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "made"
        folder.mkdir()
        make_store(folder, documents)
        return {kind: _published(folder) for kind in KINDS}


def _published(folder: Path) -> Figures:
    warehouse = folder / "corridor.duckdb"
    cost, told = measured_python("benchmarks.one_publish", folder / "store", warehouse)
    return {**told, "peak": cost.peak, "file": size_of(warehouse)}
