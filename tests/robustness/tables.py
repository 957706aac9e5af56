"""All that is read and extracted from the annotated texts, as lines of text that can be compared byte for byte.

Run as a program, it prints them: `python -m robustness.tables BATCH [reversed] [some]`.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.documents.document import Document
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.sources.raw import RawText
from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.refreshing import Engine, inline

GOLD = Path(__file__).resolve().parents[1] / "gold"
FOLDERS = ("caspian", "world", "independent")


class Rows:
    """From a batch of files to the lines of their documents, claims and rejected claims; can be pickled."""

    def __call__(self, batch: list[Path]) -> list[str]:
        raw = [RawText("gold", path.name, path.name, path.read_bytes()) for path in batch]
        documents = [document for document in read_batch(raw) if isinstance(document, Document)]
        assert len(documents) == len(batch)
        claims = extract_batch(documents)
        lines = [json.dumps(["document", asdict(document)], default=str) for document in documents]
        for table, frame in sorted(claims.accepted.items()):
            lines += [json.dumps([table, row], default=str) for row in frame.iter_rows(named=True)]
        return lines + [json.dumps(["rejected", row], default=str) for row in claims.rejected.iter_rows(named=True)]

    def died(self, text: Path, error: WorkerDiedError) -> list[str]:
        raise error


def texts() -> list[Path]:
    """Annotated texts of every kind, by path: some folders stand for all, as each text is read many times."""
    return sorted(path for folder in FOLDERS for path in (GOLD / folder).glob("*.txt"))


def some() -> list[Path]:
    """A quarter of them, for what need not be tried on all."""
    return texts()[::4]


def batched(paths: Sequence[Path], size: int) -> Iterator[list[Path]]:
    for start in range(0, len(paths), size):
        yield list(paths[start : start + size])


def tables(paths: Iterable[Path], size: int, run: Engine = inline) -> bytes:
    """The lines of all texts in the order of their bytes, whatever the order of the texts."""
    found = [line for lines in run(Rows(), batched(list(paths), size)) for line in lines]
    return "\n".join(sorted(found)).encode()


if __name__ == "__main__":
    given = some() if "some" in sys.argv else texts()
    sys.stdout.buffer.write(tables(given[::-1] if "reversed" in sys.argv else given, int(sys.argv[1])))
