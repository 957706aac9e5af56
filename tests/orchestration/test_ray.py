"""The engine on Ray: a cluster of two nodes on this machine, whose nodes and workers die, and a Ray of the command's own."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from orchestration.adding import Adding, Placing, Storing
from orchestration.made import Workspace
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.orchestration.engines import engine
from pipeline.orchestration.engines.dispatch import EngineError
from pipeline.orchestration.engines.versions import running_versions, told_differences
from pipeline.sources.raw import RawText
from pipeline.warehouse import filling
from pipeline.warehouse.refreshing import Engine, extract_claims, inline, refresh_documents
from pipeline.warehouse.store import Store

NODE = {"num_cpus": 1, "include_dashboard": False, "object_store_memory": 80 * 2**20}
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
TESTS = Path(__file__).resolve().parents[1]
SOME = sorted((TESTS / "gold" / "world").glob("*.txt"))[:16]

cluster_utils = pytest.importorskip("ray.cluster_utils", reason="Ray has no wheel for this Python")


@contextmanager
def cluster_of_two() -> Iterator[Any]:
    """A cluster of two nodes with a processor each, which listen to nobody outside and import the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join((str(TESTS), str(TESTS.parent))))
        patch.setenv("RAY_AUTH_MODE", "disabled")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        cluster = cluster_utils.Cluster(initialize_head=True, head_node_args=NODE)
        try:
            cluster.add_node(**NODE)
            yield cluster
        finally:
            cluster.shutdown()


def stored(folder: Path, run: Engine) -> dict[str, bytes]:
    """The files of a store after a refresh with this engine, in batches of few texts."""
    texts = [RawText("made", path.name, path.name, path.read_bytes()) for path in SOME]
    store = Store(folder)
    with pytest.MonkeyPatch.context() as patch, store.exclusive():
        patch.setattr(filling, "BATCH", filling.Limit(4, 500_000))
        refresh = store.open_refresh(MOMENT)
        refresh_documents(store, "made", texts, read=read_batch, version="1", refresh=refresh, engine=run, now=MOMENT)
        extract_claims(store, "made", extract=extract_batch, version="1", refresh=refresh, engine=run)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def until(holds: Callable[[], bool]) -> None:
    """Returns once it holds; fails if it does not within two minutes."""
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end


def pooled(folder: Path) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TESTS))
        with engine("pool", 2) as run:
            return stored(folder, run)


def other_code(folder: Path) -> Path:
    """The code as it might be after a change."""
    for name in ("pipeline", "seeds"):
        shutil.copytree(TESTS.parent / name, folder / name)
    with (folder / "pipeline" / "claims" / "confidence.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    return folder


def test_a_cluster_gives_the_same_and_loses_nothing(
    tmp_path: Path, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # Ray's workers import what lies in the folder of the process that they work for
    expected = stored(tmp_path / "inline", inline)
    assert sum("trade_claims" in name for name in expected) > 2
    with cluster_of_two() as cluster, engine("ray", address=cluster.address) as run:
        with subtests.test("a store has the same bytes, whichever engine filled it"):
            assert pooled(tmp_path / "pool") == expected
            assert stored(tmp_path / "ray", run) == expected

        with subtests.test("an error in a worker is raised here"), pytest.raises(TypeError, match="unsupported operand"):
            list(run(Adding(), [["a"]]))

        with subtests.test("a worker that dies costs one text and no other"):
            assert list(run(Adding(), [[1], [2, "die", 20], [3], [4]])) == [1, 2, -1, 20, 3, 4]

        with subtests.test("a node without the store is told"):
            until(lambda: len({node for _, node, _ in run(Placing(0.2), [[0]] * 4)}) == 2)
            told = r"on the Ray node .*: could not write store: .* need the store, in a shared folder"
            with pytest.raises(EngineError, match=told):
                list(run(Storing(), [[cluster.head_node.node_id]] * 4))

        with subtests.test("a node that goes takes no batch with it"):
            results = run(Placing(0.4), [[number] for number in range(16)])
            first = list(islice(results, 4))
            (gone,) = cluster.worker_nodes
            cluster.remove_node(gone, allow_graceful=False)
            found = [*first, *results]
            assert [(number, content) for number, _, content in found] == [(n, bytes([n]) * 500_000) for n in range(16)]
            assert len({node for _, node, _ in found[-4:]}) == 1

        with subtests.test("the node that is left gives the same bytes"):
            assert stored(tmp_path / "left", run) == expected

        with subtests.test("a node that comes with other code is refused"):
            monkeypatch.setenv("PYTHONPATH", str(other_code(tmp_path / "other")))
            cluster.add_node(**NODE)
            with pytest.raises(EngineError, match=r"runs other code than this process .the extractor is 0"):
                until(lambda: not list(run(Placing(0.2), [[0]] * 4)))


def test_differences_of_code_are_told() -> None:
    here = {"the extractor": "0.1.0+aaaa", "polars": "2.1.0", "duckdb": "1.5.5"}
    assert told_differences(here, dict(here)) == ""
    told = told_differences(here, {"the extractor": "0.1.0+bbbb", "polars": "2.1.0"})
    assert told == "the extractor is 0.1.0+bbbb there, 0.1.0+aaaa here; duckdb is missing there, 1.5.5 here"
    assert {"the extractor", "the code of corridor", "Python", "polars"} <= running_versions().keys()


def test_without_the_package_it_says_what_to_install(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineError, match=r"not installed: pip install 'corridor\[ray\]'"):
        workspace.refresh(engine="ray")


def test_a_ray_of_its_own_is_silent_and_leaves_nothing_behind(tmp_path: Path) -> None:
    program = (
        "from orchestration.adding import Adding\n"
        "from pipeline.orchestration.engines import engine\n"
        "with engine('ray', 1) as run:\n"
        "    import ray\n"
        "    print(list(run(Adding(), [[1], ['die'], [2, 3]])), *(node['NodeManagerAddress'] for node in ray.nodes()))\n"
    )
    left = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    environment = {**left, "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), "HOME": str(tmp_path)}
    before = set(Path("/tmp").glob("corridor-ray-*"))
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[1, -1, 5] 127.0.0.1\n", "")
    assert list(tmp_path.iterdir()) == []
    assert set(Path("/tmp").glob("corridor-ray-*")) == before


@pytest.mark.parametrize("address", ["127.0.0.1:9", "ray://[::1]:9", "127.0.0.1:99999"])
def test_an_address_where_no_cluster_answers_is_told(address: str) -> None:
    told = rf"no Ray cluster could be used at {re.escape(address)} \(.*leave both out"
    with pytest.raises(EngineError, match=told), engine("ray", 1, address):
        pass


def test_a_password_in_an_address_of_a_cluster_is_not_told() -> None:
    told = r"^the address of the Ray cluster holds a name or a password; name it as HOST:PORT"
    with pytest.raises(EngineError, match=told) as raised, engine("ray", 1, "ray://me:hidden@127.0.0.1:9"):
        pass
    assert "hidden" not in str(raised.value)
