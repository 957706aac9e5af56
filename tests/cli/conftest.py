from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click.testing
import pytest

from pipeline.cli import progress
from pipeline.cli.command import corridor
from pipeline.orchestration import resources

Run = Callable[..., click.testing.Result]

TEXTS = {
    "exports.txt": "Wheat sales rise\nAstana, 4 March 2025\n\n"
    "Kazakhstan exported wheat worth $1.2 billion to Uzbekistan in 2024, the ministry of agriculture said.\n",
    "port.txt": "Port handles less\n\nThe port of Aktau handled 3.9 million tons of cargo in 2024.\n",
}


@contextmanager
def no_annotated_texts() -> Iterator[None]:
    """Lets a refresh evaluate on nothing: what it does with texts is for the tests of the graph, and takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resources, "default_gold_folder", lambda: Path("no annotated texts"))
        yield


@pytest.fixture(autouse=True)
def without_annotated_texts() -> Iterator[None]:
    with no_annotated_texts():
        yield


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs the command in this process: `run("sql", "SELECT 1", input=...)`."""

    def invoke(*arguments: object, **options: object) -> click.testing.Result:
        runner = click.testing.CliRunner()
        told = [str(argument) for argument in arguments]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(progress, "SECONDS_BETWEEN_LINES", 3600.0)  # on a busy machine a log would hear of a test
            return runner.invoke(corridor, told, prog_name="corridor", **options)  # type: ignore[arg-type]

    return invoke


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def published(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published file, read by several tests and written by none."""
    root = tmp_path_factory.mktemp("published")
    (root / "texts").mkdir()
    for name, text in TEXTS.items():
        (root / "texts" / name).write_text(text, encoding="utf-8")
    (root / "texts" / "empty.txt").write_bytes(b"")
    file = root / "corridor.duckdb"
    with no_annotated_texts():
        result = run("refresh", "--documents", root / "texts", "--store", root / "store", "--warehouse", file)
    assert result.exit_code == 0, result.output
    return file
