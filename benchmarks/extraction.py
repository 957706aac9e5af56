"""How fast texts are read and extracted, stage by stage, in characters a second on one core.

    python benchmarks/extraction.py [FOLDER] [--rounds N]

The first pass of a stage loads its lexicons and compiles its grammars and is told apart, as cold start; the best of the rounds
after it counts. The first line tells what the machine can do, so that figures of two machines can be compared.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.language.dates import find_dates
from pipeline.language.names import find_names
from pipeline.language.quantities import find_quantities
from pipeline.orchestration.batches import extract_batch
from pipeline.sources.raw import RawText

DEMONSTRATION = Path(__file__).resolve().parents[1] / "seeds" / "documents"
REFERENCE = "str.lower and split"  # what any reading of a text costs at least


def main() -> None:
    """Prints a line for each stage."""
    options = argparse.ArgumentParser(description="How fast texts are read and extracted.")
    options.add_argument("folder", nargs="?", type=Path, default=DEMONSTRATION)
    options.add_argument("--rounds", type=int, default=5)
    arguments = options.parse_args()
    raw_texts = [
        RawText("benchmark", path.name, path.name, path.read_bytes()) for path in sorted(arguments.folder.rglob("*.txt"))
    ]
    documents = [document for raw in raw_texts if isinstance(document := read_document(raw), Document)]
    if not documents:
        raise SystemExit(f"{arguments.folder} holds no .txt file that can be read")
    characters = sum(len(document.text) for document in documents)
    print(f"{len(documents)} texts, {characters:,} characters, best of {arguments.rounds} rounds")
    for name, stage in _stages(raw_texts, documents).items():
        cold = _seconds(stage)
        best = min(_seconds(stage) for _ in range(arguments.rounds))
        print(f"{name:<22}{characters / best:>12,.0f} characters a second   cold start {max(0.0, cold - best):6.2f} s")


def _stages(raw_texts: Sequence[RawText], documents: Sequence[Document]) -> dict[str, Callable[[], object]]:
    texts: list[tuple[str, date | None]] = [(document.text, document.published_on) for document in documents]
    return {
        REFERENCE: lambda: [text.lower().split() for text, _ in texts],
        "reading": lambda: [read_document(raw) for raw in raw_texts],
        "names": lambda: [find_names(text) for text, _ in texts],
        "quantities": lambda: [find_quantities(text) for text, _ in texts],
        "dates": lambda: [find_dates(text, published_on) for text, published_on in texts],
        "claims, validated": lambda: extract_batch(documents),
        "all": lambda: extract_batch([found for raw in raw_texts if isinstance(found := read_document(raw), Document)]),
    }


def _seconds(stage: Callable[[], object]) -> float:
    began = time.perf_counter()
    stage()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
