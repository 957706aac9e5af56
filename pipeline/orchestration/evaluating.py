"""Reads and extracts annotated texts as a refresh does, and has what is told of them judged.

For the asset `evaluation` and the command `corridor evaluate`. What counts as right belongs to `pipeline.evaluation`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import pipeline.evaluation as judgements
from pipeline.claims.version import digest_of, extractor_version
from pipeline.documents.document import Document
from pipeline.evaluation.evaluation import Evaluation, evaluate
from pipeline.evaluation.gold import gold_files, read_gold
from pipeline.evaluation.shapes import GoldText, ToldText
from pipeline.evaluation.told import told_texts
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.orchestration.progress import CountingEngine, Progress, Silence
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.refreshing import Engine, inline

BATCH = 20  # texts: few enough that several workers share a folder


def evaluate_folders(folders: Iterable[Path], engine: Engine = inline, progress: Progress | None = None) -> Evaluation:
    """Evaluates the extractor on the annotated texts of folders. Raises `GoldError` and `GoldFolderError`.

    A text that cannot be read, or on which extraction breaks down, counts as one of which nothing is told.
    """
    return evaluate_texts(read_gold(folders), engine, progress)


def evaluation_key(folders: Iterable[Path]) -> str:
    """What an evaluation of folders depends on: the version of the extractor, and a hash of annotated texts and of how they are
    judged. Raises `GoldFolderError`.
    """
    judging = Path(judgements.__file__).parent.glob("*.py")
    return f"{extractor_version()} {digest_of([*gold_files(folders), *judging])}"


def evaluate_texts(texts: Sequence[GoldText], engine: Engine = inline, progress: Progress | None = None) -> Evaluation:
    """Evaluates the extractor on annotated texts."""
    progress = progress or Silence()
    progress.stage("evaluating", len(texts))
    batches = ([*texts[start : start + BATCH]] for start in range(0, len(texts), BATCH))
    told = dict(pair for pairs in CountingEngine(engine, progress)(_Telling(), batches) for pair in pairs)
    return evaluate(((text, told[_place(text)]) for text in texts), extractor_version())


Place = tuple[str, str]


def _place(text: GoldText) -> Place:
    return text.folder, text.name


@dataclass(frozen=True)
class _Telling:
    """What is told of each text of a batch, by its place."""

    def __call__(self, batch: list[GoldText]) -> list[tuple[Place, ToldText]]:
        try:
            return _told(batch)
        except Exception as error:  # a defect of the program: the text counts as one of which nothing is told
            if len(batch) > 1:
                return [pair for text in batch for pair in self([text])]
            return [_nothing_told(batch[0], str(error))]

    def died(self, text: GoldText, error: WorkerDiedError) -> list[tuple[Place, ToldText]]:
        """A text that ended its process."""
        return [_nothing_told(text, str(error))]


def _told(batch: Sequence[GoldText]) -> list[tuple[Place, ToldText]]:
    read = read_batch([RawText(text.folder, f"{text.folder}/{text.name}", text.name, text.content) for text in batch])
    documents = {found.doc_id: found for found in read if isinstance(found, Document)}  # the same bytes may lie in two folders
    told = told_texts(documents, _accepted([*documents.values()]))
    return [
        _nothing_told(text, f"{found.reason}: {found.detail}")
        if isinstance(found, Unreadable)
        else (_place(text), told[found.doc_id])
        for text, found in zip(batch, read, strict=True)
    ]


def _accepted(documents: Sequence[Document]) -> Mapping[str, pl.DataFrame]:
    return extract_batch(documents).accepted


def _nothing_told(text: GoldText, fault: str) -> tuple[Place, ToldText]:
    return _place(text), ToldText({}, "", {}, " ".join(fault.split()))
