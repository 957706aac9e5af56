"""An evaluation is kept in the store and published; how it is made does not matter here."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import CALIBRATION, EVALUATION
from pipeline.warehouse import files
from pipeline.warehouse.queries import dataset_status
from pipeline.warehouse.store import Store

from .made import EXAMPLE, raw, refresh


def tables(texts: tuple[str, ...] = ("all", "left_out")) -> dict[str, pl.DataFrame]:
    place = [{"folder": "all folders", "texts": name, "kind": "quantities", "extractor_version": "1"} for name in texts]
    shares = {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "f1_by_document": 0.5}
    levels = [
        {**one, "figure": figure, "item": "all", "documents": 3, "marked": 8, "told": 4, **shares}
        for one in place
        for figure in ("found", "right", "full")
    ]
    bins = [
        {**one, "confidence_low": low, "confidence_high": low + 0.1, "claims": n, "mean_confidence": low, "share_right": 0.5}
        for one in place
        for low, n in ((0.1, 3), (0.9, 1))
    ]
    return {
        EVALUATION.name: pl.DataFrame(levels, schema=polars_schema(EVALUATION)),
        CALIBRATION.name: pl.DataFrame(bins, schema=polars_schema(CALIBRATION)),
    }


def keep(store: Store, evaluated: str = "key", texts: tuple[str, ...] = ("all", "left_out")) -> None:
    with store.exclusive():
        store.keep_evaluation(tables(texts), evaluated)


def test_an_evaluation_comes_back_as_it_was_kept(store: Store) -> None:
    assert store.evaluated() is None
    assert [frame.height for frame in store.evaluation().values()] == [0, 0]
    keep(store)
    assert store.evaluated() == "key"
    for name, frame in store.evaluation().items():
        assert frame.equals(tables()[name])


def test_an_evaluation_half_written_counts_as_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, "old")
    write, written = files.write_parquet, []

    def interrupted(path: Path, frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(path)
        write(path, frame, metadata)

    monkeypatch.setattr(files, "write_parquet", interrupted)
    with pytest.raises(KeyboardInterrupt):
        keep(store, "new")
    monkeypatch.undo()
    assert store.evaluated() is None
    assert store.evaluation()[EVALUATION.name].is_empty()


def test_an_evaluation_of_other_columns_is_brought_up_to_those_of_today(store: Store) -> None:
    keep(store)
    older = tables()[EVALUATION.name].drop("f1_by_document").with_columns(colour=pl.lit("red"))
    files.write_parquet(store.place.folder / "evaluation.parquet", older, {"evaluated": "key"})
    assert store.evaluation()[EVALUATION.name].columns == list(EVALUATION.columns)


def test_an_evaluation_is_published_and_told_by_status(store: Store, warehouse: Path) -> None:
    keep(store)
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM evaluation").fetchall() == [(6,)]
        rows = connection.execute("SELECT texts, found_f1, calibration_error FROM accuracy ORDER BY texts").fetchall()
    assert rows == [(name, pytest.approx(2 / 3), pytest.approx(0.4)) for name in ("all", "left_out")]
    (told,) = dataset_status(warehouse).accuracy
    assert (told["texts"], told["documents"], told["right_f1"]) == ("left_out", 3, pytest.approx(2 / 3))


def test_status_tells_of_all_texts_where_none_was_left_out(store: Store, warehouse: Path) -> None:
    keep(store, texts=("all", "learnt"))
    refresh(store, [], warehouse)
    assert [row["texts"] for row in dataset_status(warehouse).accuracy] == ["all"]


def test_status_of_a_file_without_an_evaluation_tells_of_none(store: Store, warehouse: Path) -> None:
    refresh(store, [], warehouse)
    assert dataset_status(warehouse).accuracy == ()
    with duckdb.connect(str(warehouse)) as connection:  # as published before there were evaluations
        connection.execute("DROP VIEW accuracy; DROP TABLE evaluation; DROP TABLE calibration")
    assert dataset_status(warehouse).accuracy == ()
