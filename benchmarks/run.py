"""Measures everything, or a part, and writes what was found into `benchmarks/RESULTS.md`.

    python -m benchmarks.run [--short] [--only NAME]... [--documents N]... [--anew] [--claims N]... [--published N]...
                             [--characters N] [--rounds N] [--results FILE]

The short form takes minutes: a smaller corpus, refreshes of no more than a thousand documents. A section that fails is told at
the end and leaves what was found before.
"""

import argparse
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import scaling
from benchmarks.answers import answers
from benchmarks.cold_start import cold_start
from benchmarks.extraction import layers
from benchmarks.floor import floor
from benchmarks.peers import peers
from benchmarks.publishing import publishing
from benchmarks.ray_nodes import ray_nodes
from benchmarks.refreshes import refreshes
from benchmarks.results import PAGE, Section, write_section


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured: documents of the curve, claims of the answers, documents published, characters for all the rest."""

    documents: tuple[int, ...] = (1_000, 10_000, 100_000)
    claims: tuple[int, ...] = (250_000, 1_000_000)
    published: tuple[int, ...] = (2_500, 25_000, 100_000)
    characters: int = 2_000_000
    shared_characters: int = 200_000
    rounds: int = 3
    anew: bool = False
    cache: Path = field(default=Path(__file__).with_name(".cache"))


SHORT = Scale(
    documents=(1_000,),
    claims=(20_000, 80_000),
    published=(1_000, 4_000),
    characters=500_000,
    shared_characters=60_000,
    rounds=2,
)

SECTIONS: Mapping[str, Callable[[Path, Scale], Section]] = {
    "layers": lambda _page, scale: layers(scale.characters, scale.rounds),
    "floor": lambda _page, scale: floor(scale.characters),
    "peers": lambda _page, scale: peers(scale.shared_characters, scale.cache),
    "refreshes": lambda page, scale: refreshes(page, scale.documents, anew=scale.anew),
    "publishing": lambda _page, scale: publishing(scale.published),
    "answers": lambda _page, scale: answers(scale.claims),
    "cold_start": lambda _page, scale: cold_start(scale.rounds),
    "ray_nodes": lambda _page, scale: ray_nodes(scale.characters, scale.rounds),
}


def main() -> None:
    """Measures, and ends with 1 if a section could not be measured."""
    options = argparse.ArgumentParser(description="Measures speed and cost, and writes them down.")
    options.add_argument("--short", action="store_true", help="in minutes: smaller texts, no more than a thousand documents")
    options.add_argument("--only", action="append", choices=list(SECTIONS), help="this section; several times for several")
    options.add_argument("--documents", type=int, action="append", help="sizes of the corpora that are refreshed")
    options.add_argument("--anew", action="store_true", help="drop what was found of other sizes of corpora")
    options.add_argument("--claims", type=int, action="append", help="sizes of the files that are asked")
    options.add_argument("--published", type=int, action="append", help="documents of the stores that are published")
    options.add_argument("--characters", type=int, help="how much text the layers and the nodes are given in a round")
    options.add_argument("--rounds", type=int, help="how often layers, nodes and cold starts are measured")
    options.add_argument("--results", type=Path, default=PAGE, help="the page to write to")
    asked = options.parse_args()
    scale = SHORT if asked.short else Scale()
    scale = replace(scale, documents=tuple(asked.documents or scale.documents), claims=tuple(asked.claims or scale.claims))
    scale = replace(scale, characters=asked.characters or scale.characters, rounds=asked.rounds or scale.rounds)
    scale = replace(scale, published=tuple(asked.published or scale.published), anew=asked.anew)
    failed = run(asked.results, scale, asked.only or list(SECTIONS))
    if asked.results == PAGE:
        scaling.main()
    if failed:
        raise SystemExit(f"not measured: {', '.join(failed)}")


def run(page: Path, scale: Scale, names: Iterable[str]) -> list[str]:
    """Measures sections, writes each as soon as it is there, and gives the names of those that failed."""
    failed = []
    for name in names:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        try:
            write_section(page, SECTIONS[name](page, scale), list(SECTIONS))
        except Exception:
            traceback.print_exc()
            failed.append(name)
    return failed


if __name__ == "__main__":
    main()
