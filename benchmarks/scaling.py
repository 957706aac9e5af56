"""Writes what larger amounts would cost into `deploy/SCALING.md`, from the figures in `benchmarks/RESULTS.md`.

    python -m benchmarks.scaling

Tables between the marks `<!-- scaling NAME -->` and `<!-- end NAME -->` are reckoned here; the words around them are written by
hand. A test holds the page against the results, so whoever measures anew runs this too (`benchmarks.run` does).
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.extraction import WHOLE
from benchmarks.refreshes import KINDS
from benchmarks.results import PAGE, count, figures_of, table

SCALING = Path(__file__).resolve().parents[1] / "deploy" / "SCALING.md"
_MARKED = re.compile(r"(?P<head><!-- scaling (?P<name>\w+) -->\n).*?(?P<tail><!-- end (?P=name) -->)", re.DOTALL)
AMOUNTS = (100_000, 1_000_000, 10_000_000, 100_000_000)
PUBLISHING = ("publishing", "reporting")
KEPT_OF_A_CORE = 0.9  # of what one process does, each of several does on a node: what they share slows them a little
HOURS_WANTED = 8.0  # in which a corpus should be read for the first time
_GIB = 2**30


class MissingFiguresError(Exception):
    """The results lack a section that is reckoned with."""


def scaling(page: Path = PAGE) -> dict[str, str]:
    """The tables by name. Raises `MissingFiguresError`."""
    refreshes, layers, answers = (figures_of(page, name) for name in ("refreshes", "layers", "answers"))
    if not (refreshes and layers and answers):
        raise MissingFiguresError("measure refreshes, layers and answers first: python -m benchmarks.run")
    costs = per_document(refreshes, layers)
    return {
        "documents": _per_document(costs),
        "engines": _engines(costs),
        "amounts": _amounts(costs),
        "publishing": _publishing(answers),
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
        "unchanged": more([one["wall"] for one in same]),
        **{name: more([one[name] for one in cold]) for name in ("store", "file", "claims")},
    }


def _per_document(costs: Mapping[str, float]) -> str:
    rows = [
        ("reading and extracting, processor", f"{1000 * costs['extract']:.1f} ms"),
        ("publishing and the report, processor", f"{1000 * costs['publish']:.1f} ms"),
        ("a refresh in which nothing changed, by the clock", f"{1000 * costs['unchanged']:.2f} ms"),
        ("claims", f"{costs['claims']:.1f}"),
        ("store", f"{costs['store'] / 1024:.1f} KiB"),
        ("published file", f"{costs['file'] / 1024:.1f} KiB"),
    ]
    return f"{table(('of one document', ''), rows)}\nUp to {count(costs['documents'])} documents were measured.\n"


def _engines(costs: Mapping[str, float]) -> str:
    rows = []
    for name, workers in (("inline", 1), ("pool, 2 cores", 2), ("pool, 16 cores", 16), ("Ray, 16 nodes of 16 cores", 256)):
        rate = speed_of(workers) / costs["extract"] * 3600
        rows.append((name, count(rate), duration(100_000 / rate), duration(1_000_000 / rate), duration(100_000_000 / rate)))
    return table(("engine", "documents an hour", "100,000", "1,000,000", "100,000,000"), rows)


def speed_of(workers: int) -> float:
    """How many times as fast as one process so many are."""
    return 1.0 if workers == 1 else workers * KEPT_OF_A_CORE


def _amounts(costs: Mapping[str, float]) -> str:
    rows = []
    for documents in AMOUNTS:
        hours = documents * costs["extract"] / 3600
        cores = max(1, round(hours / HOURS_WANTED / KEPT_OF_A_CORE + 0.5))
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
    heads = ("documents", "claims", "core hours to extract", f"cores for {HOURS_WANTED:.0f} hours", "publishing, one core")
    return table((*heads, "store", "file"), rows)


def _publishing(answers: Mapping[str, Any]) -> str:
    build = {int(size): steps for size, steps in answers["build"].items()}
    largest = max(build)
    steps = {step: cost for step, cost in build[largest].items() if not step.startswith("(all")}
    total = sum(steps.values())
    dearest = sorted(steps.items(), key=lambda one: -one[1])[:6]
    rows = [(step, f"{1e6 * cost / largest:.0f} µs", f"{cost / total:.0%}") for step, cost in dearest]
    rows.append(("all steps", f"{1e6 * total / largest:.0f} µs", "100%"))
    return f"""\
{table(("step of publishing", "a claim", "share"), rows)}
At {count(largest)} claims; the process then had {answers["peak"] / _GIB:.1f} GiB at most, which is
{answers["peak"] / largest / 1024:.1f} KiB a claim.
"""


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
