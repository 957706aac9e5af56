"""What a refresh costs, by the number of documents: of a new corpus, of one in which nothing changed, and one in a hundred did.

    python -m benchmarks.run --only refreshes [--documents 1000]...

Each is a process of its own, as `corridor refresh` is, with Dagster and all that belongs to it. Sizes that are not measured
this time keep what was found of them before, with the time of it, unless `--anew` is given.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.measuring import measured_python, size_of
from benchmarks.results import Section, count, figures_of, mebibytes, moment, seconds, table

KINDS = ("cold", "no change", "1 % changed")
UNCHANGED_ROUNDS = 3  # of the refresh in which nothing changes: what is measured is small, so the least of them counts
EVERY = 100  # of so many documents one is changed
STAGES = ("starting", "reading", "extracting", "evaluating", "publishing", "reporting")


def refreshes(
    page: Path, sizes: Sequence[int], engine: str = "pool", folder: Path | None = None, *, anew: bool = False
) -> Section:
    """Measures the sizes given and tells of them and of those measured before, or with `anew` of them alone."""
    found = {} if anew else figures_of(page, "refreshes")
    start = min(measured_python("benchmarks.dagsters_start")[1]["seconds"] for _ in range(2))
    of_sizes = {**found.get("sizes", {}), **{str(size): one_size(size, engine, folder) for size in sizes}}
    of_sizes = dict(sorted(of_sizes.items(), key=lambda one: int(one[0])))
    return Section("refreshes", "Refreshes", _told(of_sizes, start), {"sizes": of_sizes, "dagsters_start": start})


def one_size(documents: int, engine: str = "pool", folder: Path | None = None) -> dict[str, Any]:
    """The three refreshes of so many documents, one after the other on one store."""
    corpus = Corpus()
    with TemporaryDirectory(dir=folder) as temporary:
        place = Path(temporary)
        texts, store, file = place / "texts", place / "store", place / "corridor.duckdb"
        characters = corpus.write(texts, documents)
        asked = (texts, store, file, "--engine", engine)
        found: dict[str, Any] = {"measured": moment(), "engine": engine, "characters": characters, "kinds": {}}
        for kind in KINDS:
            if kind == KINDS[2]:
                corpus.write(texts, documents, edition=1, every=EVERY)
            rounds = [
                measured_python("benchmarks.one_refresh", *asked) for _ in range(UNCHANGED_ROUNDS if kind == KINDS[1] else 1)
            ]
            cost, told = min(rounds, key=lambda one: one[0].cpu)
            sizes = {"store": size_of(store), "file": size_of(file)}
            found["kinds"][kind] = {
                "wall": cost.wall,
                "cpu": cost.cpu,
                "peak": cost.peak,
                "rounds": len(rounds),
                **sizes,
                **told,
            }
    return found


def _told(of_sizes: Mapping[str, Any], start: float) -> str:
    rows, stages = [], []
    for documents, found in of_sizes.items():
        for kind, one in found["kinds"].items():
            ms = 1000 * one["cpu"] / int(documents)
            amounts = (mebibytes(one["peak"]), mebibytes(one["store"]), mebibytes(one["file"]))
            rows.append((count(int(documents)), kind, seconds(one["wall"]), seconds(one["cpu"]), f"{ms:.2f}", *amounts))
            parts = [seconds(one["stages"].get(stage, 0.0)) for stage in STAGES]
            stages.append((count(int(documents)), kind, *parts))
    when = "; ".join(f"{count(int(documents))} documents: {found['measured']}" for documents, found in of_sizes.items())
    cold = ((size, one["kinds"][KINDS[0]]["claims"]) for size, one in of_sizes.items())
    claims = ", ".join(f"{count(claims)} in {count(int(size))}" for size, claims in cold)
    heads = ("documents", "refresh", "wall s", "CPU s", "CPU ms a document", "peak MiB", "store MiB", "file MiB")
    return f"""\
A refresh as `corridor refresh --engine pool` runs it, with as many processes as cores, of documents of about 2,500 characters,
of which {Corpus().silent:.0%} are about other matters and {Corpus().repeats:.0%} repeat another; claims: {claims}. *No change*
is the same refresh again, of {UNCHANGED_ROUNDS} the one that took the processor least;
then one document in {EVERY} has other figures. Peak is the memory of all processes at once. Dagster
alone, with five empty assets, takes {seconds(start)} s.

{table(heads, rows)}
Where the time goes, in seconds by the clock; evaluating happens once for each version of the extractor.

{table(("documents", "refresh", *STAGES), stages)}
Measured: {when}.
"""
