"""Writes what larger amounts would cost into `deploy/SCALING.md`, from the figures in `benchmarks/RESULTS.md`.

    python -m benchmarks.scaling

Tables between the marks `<!-- scaling NAME -->` and `<!-- end NAME -->` are reckoned here; the words around them are written by
hand. A test holds the page against the results, so whoever measures anew runs this too (`benchmarks.run` does).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.extraction import BATCHES_A_PROCESS, WHOLE
from benchmarks.refreshes import KINDS
from benchmarks.results import PAGE, count, figures_of, mebibytes, seconds, table

SCALING = Path(__file__).resolve().parents[1] / "deploy" / "SCALING.md"
_MARKED = re.compile(r"(?P<head><!-- scaling (?P<name>\w+) -->\n).*?(?P<tail><!-- end (?P=name) -->)", re.DOTALL)
EXTRACTED = (100_000, 1_000_000, 100_000_000)
AMOUNTS = (100_000, 1_000_000, 10_000_000, 100_000_000)
ENGINES = {"inline": 1, "pool, 2 cores": 2, "pool, 16 cores": 16, "Ray, 16 nodes of 16 cores": 256}  # workers
PUBLISHING = ("publishing", "reporting")
FAR = 1_000  # times the documents that were measured: amounts beyond that stand in a table of their own that says so
HOURS_WANTED = 8.0  # in which a corpus should be read for the first time
_GIB = 2**30


class MissingFiguresError(Exception):
    """The results lack a section that is reckoned with."""


def scaling(page: Path = PAGE) -> dict[str, str]:
    """The tables by name. Raises `MissingFiguresError`."""
    needed = ("refreshes", "layers", "answers", "publishing")
    refreshes, layers, answers, publishing = (figures_of(page, name) for name in needed)
    if not (refreshes and layers and answers and publishing):
        raise MissingFiguresError(f"measure {', '.join(needed[:-1])} and {needed[-1]} first: python -m benchmarks.run")
    costs = per_document(refreshes, layers)
    kept = kept_of_a_core(layers)
    return {
        "documents": _per_document(costs, answers),
        "engines": _engines(costs, kept),
        "amounts": _amounts(costs, kept),
        "publishing": _publishing(answers),
        "memory": _memory(publishing),
    }


def per_document(refreshes: Mapping[str, Any], layers: Mapping[str, Any]) -> dict[str, float]:
    """What a document costs: seconds of a processor, bytes, claims. Of what a refresh costs, by how much more the largest
    corpus took than the smallest; by itself, if only one was measured.
    """
    sizes = {int(size): found for size, found in refreshes["sizes"].items()}
    large, small = max(sizes), min(sizes)
    cold, same = ([sizes[size]["kinds"][kind] for size in (small, large)] for kind in KINDS[:2])

    def more(values: Sequence[float]) -> float:
        return max(0.0, (values[1] - values[0]) / (large - small)) if large > small else values[1] / large

    published = [sum(one.get("cpu_stages", one["stages"]).get(stage, 0.0) for stage in PUBLISHING) for one in cold]
    return {
        "documents": large,
        "extract": sizes[large]["characters"] / large / layers["layers"][WHOLE]["rate"],
        "publish": more(published),
        "unchanged": more([one["cpu"] for one in same]),
        **{name: more([one[name] for one in cold]) for name in ("store", "file", "claims")},
    }


def kept_of_a_core(layers: Mapping[str, Any]) -> float:
    """The share of what one process does alone that each of two does. Raises `MissingFiguresError` if that was not measured,
    or in too few batches.
    """
    found = layers.get("processes", {})
    if found.get("batches", 0) < 2 * BATCHES_A_PROCESS:
        raise MissingFiguresError(
            "one process was not held against two in batches enough: python -m benchmarks.run --only layers"
        )
    return float(min(1.0, found["2"] / found["1"] / 2))


def _per_document(costs: Mapping[str, float], answers: Mapping[str, Any]) -> str:
    largest, steps = _steps(answers)
    answering = costs["claims"] * sum(steps.values()) / largest
    rows = [
        ("reading and extracting, processor", f"{1000 * costs['extract']:.1f} ms"),
        ("publishing in a refresh: tables, checks, report; processor", f"{1000 * costs['publish']:.1f} ms"),
        (f"the tables of answers alone, at {count(largest)} claims, processor", f"{1000 * answering:.1f} ms"),
        ("a refresh in which nothing changed, processor", f"{1000 * costs['unchanged']:.2f} ms"),
        ("claims", f"{costs['claims']:.1f}"),
        ("store", f"{costs['store'] / 1024:.1f} KiB"),
        ("published file", f"{costs['file'] / 1024:.1f} KiB"),
    ]
    return f"{table(('of one document', ''), rows)}\nUp to {count(costs['documents'])} documents were measured.\n"


def _engines(costs: Mapping[str, float], kept: float) -> str:
    rows: list[tuple[str, ...]] = []
    for name, workers in ENGINES.items():
        rate = speed_of(workers, kept) / costs["extract"] * 3600
        rows.append((name, count(rate), *(duration(documents / rate) for documents in EXTRACTED)))
    heads = [f"{count(one)}{'' if one <= FAR * costs['documents'] else ', far beyond what was measured'}" for one in EXTRACTED]
    return f"""\
{table(("engine, reckoned", "documents an hour", *heads), rows)}
Reckoned, not measured, but for what a document takes of a processor and for what each of two processes did of one alone:
{kept:.0%}, less than it could be where the machine was busy with other things, as the results tell. Every further process is
taken to do as much, which is a guess: what more of them share of memory, disk and network was not tried.
"""


def speed_of(workers: int, kept: float) -> float:
    """How many times as fast as one process so many are, if each does so much of what one does alone."""
    return 1.0 if workers == 1 else workers * kept


def _amounts(costs: Mapping[str, float], kept: float) -> str:
    measured = costs["documents"]
    near = [documents for documents in AMOUNTS if documents <= FAR * measured]
    far = [documents for documents in AMOUNTS if documents > FAR * measured]
    within = f"documents, up to {count(FAR)} times the {count(measured)} measured"
    beyond = f"documents, MORE than {count(FAR)} times the {count(measured)} measured: only an order of magnitude"
    return "\n".join(
        _amounts_of(heading, amounts, costs, kept) for heading, amounts in ((within, near), (beyond, far)) if amounts
    )


def _amounts_of(heading: str, amounts: Sequence[int], costs: Mapping[str, float], kept: float) -> str:
    rows = []
    for documents in amounts:
        hours = documents * costs["extract"] / 3600
        cores = max(1, round(hours / HOURS_WANTED / kept + 0.5))
        rows.append(
            (
                count(documents),
                count(documents * costs["claims"]),
                count(hours),
                count(cores),
                duration(documents * costs["publish"] / 3600),
                f"{documents * costs['store'] / _GIB:,.1f} GiB",
                f"{documents * costs['file'] / _GIB:,.1f} GiB",
            )
        )
    heads = (heading, "claims", "core hours to extract", f"cores for {HOURS_WANTED:.0f} hours", "publishing, one core")
    return table((*heads, "store", "file"), rows)


def _publishing(answers: Mapping[str, Any]) -> str:
    largest, steps = _steps(answers)
    total = sum(steps.values())
    dearest = sorted(steps.items(), key=lambda one: -one[1])[:6]
    rows = [(step, f"{1e6 * cost / largest:.0f} µs", f"{cost / total:.0%}") for step, cost in dearest]
    rows.append(("all steps", f"{1e6 * total / largest:.0f} µs", "100%"))
    return f"""\
{table(("step of publishing", "a claim", "share"), rows)}
At {count(largest)} claims; the process then had {answers["peak"] / _GIB:.1f} GiB at most, which is
{answers["peak"] / largest / 1024:.1f} KiB a claim.{_growth(answers)}
"""


def _memory(publishing: Mapping[str, Any]) -> str:
    rows = [
        (count(int(size)), count(kinds["anew"]["claims"]), seconds(kinds["anew"]["cpu"]), mebibytes(kinds["anew"]["peak"]))
        for size, kinds in publishing["sizes"].items()
    ]
    return table(("documents published", "claims", "processor s", "memory of the process, MiB"), rows)


def _steps(answers: Mapping[str, Any], which: Callable[[Iterable[int]], int] = max) -> tuple[int, dict[str, float]]:
    """The largest file that was measured, or the smallest, and what each step of publishing it took of a processor."""
    build = {int(size): steps for size, steps in answers["build"].items()}
    size = which(build)
    return size, {step: cost for step, cost in build[size].items() if not step.startswith("(all")}


def _growth(answers: Mapping[str, Any]) -> str:
    (small, before), (large, after) = _steps(answers, min), _steps(answers)
    if small == large:
        return ""
    times = sum(after.values()) / sum(before.values())
    more = f"From {count(small)} to {count(large)} claims, {large / small:.1f} times as many"
    return f"\n{more}, all steps took {times:.1f} times as long."


def duration(hours: float) -> str:
    """A time in the unit that fits it."""
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:,.0f} days"


def written(text: str, tables: Mapping[str, str]) -> str:
    """The page with the tables in their places."""

    def put(found: re.Match[str]) -> str:
        return f"{found['head']}\n{tables[found['name']].strip()}\n\n{found['tail']}"

    return _MARKED.sub(put, text)


def main() -> None:
    """Writes the tables."""
    SCALING.write_text(written(SCALING.read_text(encoding="utf-8"), scaling()), encoding="utf-8")


if __name__ == "__main__":
    main()
