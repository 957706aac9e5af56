"""The command with its store in a bucket of an object store."""

from pathlib import Path
from typing import Any

from cli.conftest import TEXTS, Run


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
