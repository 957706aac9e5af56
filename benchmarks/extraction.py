"""How fast texts are read and extracted, layer by layer, in characters a second of one core.

    python benchmarks/extraction.py [--characters 2000000] [--rounds 3]
    python -m benchmarks.run --only layers

Texts are generated, other ones in each round, so that nothing that is remembered of a text helps; they are taken in batches as
a refresh takes them. The best of the rounds counts, by the time of the processor, so that other work on the machine matters
little; one process is held against two by the clock, in turns, in batches so small that each process has several. The
first pass, which loads lexicons, is told apart.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from benchmarks.corpus import Corpus
from benchmarks.results import Section, count, table
from pipeline.claims.extraction import extract_claims
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.documents.repeats import sketch
from pipeline.language.dates import find_dates
from pipeline.language.names import find_names
from pipeline.language.quantities import find_quantities
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.orchestration.engines import engine
from pipeline.sources.raw import RawText
from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.filling import BATCH, Limit

PROCESSES = (1, 2)
BATCHES_A_PROCESS = 4  # at least: with fewer, one process waits for the other, or has nothing to do
WHOLE = "whole: read, extracted, validated"


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of one round: as bytes, and read."""

    raw: list[RawText]
    documents: list[Document]

    @property
    def characters(self) -> int:
        """How many there are."""
        return sum(len(document.text) for document in self.documents)


LAYERS: dict[str, Callable[[Texts], object]] = {
    "reading: text, head, sentences": lambda texts: [read_document(raw) for raw in texts.raw],
    "sketch for repeats": lambda texts: [sketch(document) for document in texts.documents],
    "names": lambda texts: [find_names(document.text) for document in texts.documents],
    "quantities": lambda texts: [find_quantities(document.text) for document in texts.documents],
    "dates": lambda texts: [find_dates(document.text, document.published_on) for document in texts.documents],
    "claims, with all marks": lambda texts: [extract_claims(document) for document in texts.documents],
    "claims, validated as tables": lambda texts: [extract_batch(batch) for batch in in_batches(texts.documents)],
    WHOLE: lambda texts: [whole(batch) for batch in in_batches(texts.raw)],
}


def layers(characters: int, rounds: int) -> Section:
    """Measures every layer, and one process against two."""
    found = rates(characters, rounds)
    by_processes = of_processes(characters, rounds)
    rows = [(name, count(one["rate"]), f"{one['first']:.2f}") for name, one in found.items()]
    text = f"""\
{count(characters)} characters of generated texts in each of {rounds} rounds, other texts in each, in batches of {BATCH.inputs}
texts or {count(BATCH.size)} characters as a refresh takes them; the best round, in characters a second of processor time on one
core. *First* is what the first pass took longer than that, in seconds: loading word lists and compiling patterns.

{table(("layer", "characters a second a core", "first"), rows)}
{_of_processes_told(by_processes)}
"""
    return Section("layers", "Layers of extraction", text, {"layers": found, "processes": by_processes})


def _of_processes_told(found: Mapping[str, float]) -> str:
    if not found:
        return f"One process was not held against two: there are too few texts for {BATCHES_A_PROCESS} batches for each."
    one, two = (found[str(number)] for number in PROCESSES)
    return f"""\
On the engine `pool`, by the clock, in turns, in {count(found["batches"])} batches: {count(one)} characters a second with one
process, {count(two)} with two: {two / one:.2f} times as many."""


def rates(characters: int, rounds: int) -> dict[str, dict[str, float]]:
    """Characters a second of each layer, and by how many seconds its first pass was longer."""
    first, *others = (texts_of(characters, number) for number in range(rounds + 1))
    found = {}
    for name, layer in LAYERS.items():
        cold = _cpu(layer, first)
        best = max(texts.characters / _cpu(layer, texts) for texts in others)
        found[name] = {"rate": best, "first": max(0.0, cold - first.characters / best)}
    return found


def texts_of(characters: int, number: int = 0, corpus: Corpus | None = None) -> Texts:
    """The texts of one round."""
    corpus = corpus or Corpus(seed=100 + number)
    raw, length, place = [], 0, 0
    while length < characters:
        text = corpus.text(place)
        raw.append(RawText("made", f"made/{place}.txt", f"{place}.txt", text.encode()))
        length, place = length + len(text), place + 1
    return Texts(raw, [found for one in raw if isinstance(found := read_document(one), Document)])


def in_batches(texts: Sequence[Any], limit: Limit = BATCH) -> Iterator[list[Any]]:
    """Texts as a refresh takes them together, or so many at a time."""
    batch: list[Any] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text.content if isinstance(text, RawText) else text.text)
        if len(batch) >= limit.inputs or size >= limit.size:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def whole(batch: Sequence[RawText]) -> int:
    """All that is done with a batch of texts; gives how many claims were made."""
    found = extract_batch([one for one in read_batch(batch) if isinstance(one, Document)])
    return sum(frame.height for frame in found.accepted.values())


class _Whole:
    """The same, for an engine."""

    def __call__(self, batch: list[RawText], /) -> int:
        return whole(batch)

    def died(self, _text: RawText, error: WorkerDiedError, /) -> NoReturn:
        raise error


def of_processes(characters: int, rounds: int, processes: Iterable[int] = PROCESSES) -> dict[str, float]:
    """Characters a second by the clock, by the number of processes, and `batches`, the least of a round. Nothing if there are
    too few texts for `BATCHES_A_PROCESS`.
    """
    processes = tuple(processes)
    several = [texts_of(characters, 50 + number) for number in range(rounds + 1)]
    inputs = min(len(texts.raw) for texts in several) // (BATCHES_A_PROCESS * max(processes))
    if not inputs:
        return {}
    limit = Limit(min(inputs, BATCH.inputs), BATCH.size)
    best: dict[str, float] = {"batches": min(len(list(in_batches(texts.raw, limit))) for texts in several)}
    engines = {number: engine("pool", number) for number in processes}
    opened = {number: one.__enter__() for number, one in engines.items()}
    try:
        for turn, texts in enumerate(several):
            for number, run in opened.items():
                started = time.perf_counter()
                sum(run(_Whole(), in_batches(texts.raw, limit)))
                rate = texts.characters / (time.perf_counter() - started)
                if turn:  # the first starts processes and loads word lists
                    best[str(number)] = max(best.get(str(number), 0.0), rate)
    finally:
        for one in engines.values():
            one.__exit__(None, None, None)
    return best


def _cpu(layer: Callable[[Texts], object], texts: Texts) -> float:
    began = time.process_time()
    layer(texts)
    return time.process_time() - began


def main() -> None:
    """Prints what is found."""
    options = argparse.ArgumentParser(description="How fast texts are read and extracted.")
    options.add_argument("--characters", type=int, default=2_000_000)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    print(layers(asked.characters, asked.rounds).text)


if __name__ == "__main__":
    main()
