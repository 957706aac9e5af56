"""The command with its store in a bucket of an object store."""

from pathlib import Path
from typing import Any

import pytest

from cli.conftest import TEXTS, Run
from pipeline.warehouse.store import Store


def test_a_refresh_into_a_bucket_publishes_a_file_here(run: Run, texts: Path, tmp_path: Path, bucket: Any) -> None:
    place = ["--store", bucket.address, "--warehouse", tmp_path / "corridor.duckdb"]
    first = run("refresh", "--documents", texts, *place, "--engine", "pool", "--workers", "1")
    assert (first.exit_code, first.stderr) == (0, "")
    assert f"{len(TEXTS)} new" in first.stdout
    again = run("refresh", "--documents", texts, *place)
    assert (again.exit_code, again.stderr) == (0, "")
    assert "0 new, 0 changed, 0 removed" in again.stdout
    assert run("sql", "SELECT count(*) FROM trade_claims", "--format", "csv", *place[2:]).stdout.split()[-1] == "1"
    status = run("status", *place)
    assert (status.exit_code, status.stderr) == (0, "")


def test_what_keeps_a_store_from_being_used_is_told_in_a_line(run: Run, texts: Path, tmp_path: Path, bucket: Any) -> None:
    for store, told in (
        ("s3://missing/store", f"Error: s3://missing/store: there is no bucket missing at {bucket.endpoint};"),
        ("gs://bucket/store", "Error: gs://bucket/store is no address of a store; name a folder, or a bucket as s3://"),
    ):
        result = run("refresh", "--documents", texts, "--store", store, "--warehouse", tmp_path / "corridor.duckdb")
        assert result.exit_code == 1
        assert result.stderr.startswith(told)
        assert result.stderr.count("\n") == 1
    assert not (tmp_path / "corridor.duckdb").exists()
    assert not any(path.name.startswith(("s3", "gs")) for path in Path().iterdir())


def test_the_store_that_the_environment_names_is_taken_where_none_is_given(
    run: Run, texts: Path, tmp_path: Path, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CORRIDOR_STORE", bucket.address)
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "texts"\nkind = "folder"\npath = "texts"\n', encoding="utf-8")
    for _ in range(2):
        refreshed = run("refresh", "--sources", "sources.toml")
        assert (refreshed.exit_code, refreshed.stderr) == (0, "")
    assert "0 new, 0 changed, 0 removed" in refreshed.stdout
    assert not (tmp_path / "warehouse" / "store").exists()
    assert Store(bucket.address).sources() == ["texts"]
    listed = run("sources", "--sources", "sources.toml", "--format", "csv")
    assert listed.stdout.splitlines()[1].startswith("texts,folder,")
    assert f",{len(TEXTS)},0,read," in listed.stdout
    monkeypatch.setenv("CORRIDOR_STORE", "s3://missing/store")
    assert "there is no bucket missing" in run("status", "--sources", "sources.toml").stderr
    assert "there is no bucket missing" in run("sources", "--sources", "sources.toml").stderr
    assert run("status", "--store", bucket.address).exit_code == 0


def test_a_trial_on_the_store_that_the_environment_names_displaces_no_declared_source(
    run: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CORRIDOR_STORE", str(tmp_path / "elsewhere"))
    (tmp_path / "seeds").mkdir()
    declared = '[[source]]\nname = "declared"\nkind = "folder"\npath = "../texts"\n'
    (tmp_path / "seeds" / "sources.toml").write_text(declared, encoding="utf-8")
    assert run("refresh").exit_code == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.txt").write_text("A text.", encoding="utf-8")
    trial = run("refresh", "--documents", other)
    assert trial.exit_code != 0
    assert "which seeds/sources.toml declares and this refresh would remove" in trial.stderr
