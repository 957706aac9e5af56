"""Runs of two sources that a launcher starts at once, each in a process of its own, follow each other on one store."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipeline.warehouse.store import PUBLISHED, READ, Store

# What a run does, without the tables of answers and the report: they take time and are none of what two runs could spoil.
RUN = """
import sys
from pathlib import Path
from pipeline.orchestration import running
from pipeline.report import page
from pipeline.warehouse import checks, publishing

root, name = Path(sys.argv[1]), sys.argv[2]
publishing.work_out = lambda connection, settle: None
publishing._can_be_searched = lambda connection: False
checks.ANALYSIS_TABLES = ()
page.write_report = lambda warehouse: page.Report(warehouse, 0, 0)
plan = running.RefreshPlan(
    sources_file=root / "sources.toml", store=root / "store", warehouse=root / "made.duckdb",
    gold=(root / "none",), only=(name,), wait_seconds=240,
)
running.run_refresh(plan)
"""
SOURCES = ("ports", "rail")


def _started(root: Path, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-c", RUN, str(root), name]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _ask(root: Path, sql: str) -> Sequence[tuple[object, ...]]:
    with duckdb.connect(str(root / "made.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_two_runs_of_different_sources_at_once_lose_nothing(tmp_path: Path) -> None:
    declared = [f'[[source]]\nname = "{name}"\nkind = "folder"\npath = "{name}"\n' for name in SOURCES]
    (tmp_path / "sources.toml").write_text("\n".join(declared), encoding="utf-8")
    for name in SOURCES:
        (tmp_path / name).mkdir()
        for number in range(4):
            text = f"On {name}\n\nIn 2023 Kazakhstan exported {number + 2} million tons of grain to Uzbekistan by {name}.\n"
            (tmp_path / name / f"{number}.txt").write_text(text, encoding="utf-8")
    runs = [_started(tmp_path, name) for name in SOURCES]
    told = [run.communicate(timeout=300)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    store = Store(tmp_path / "store")
    assert store.refreshes()["status"].to_list() == [PUBLISHED, PUBLISHED]
    assert sorted(store.source_refreshes().select("source", "status").iter_rows()) == [(name, READ) for name in SOURCES]
    assert store.refresh_under_way() is None
    assert _ask(tmp_path, "SELECT source, count(*) FROM documents GROUP BY source ORDER BY source") == [
        ("ports", 4),
        ("rail", 4),
    ]
    assert _ask(tmp_path, "SELECT count(DISTINCT documents.source) FROM claims JOIN documents USING (doc_id)") == [(2,)]
