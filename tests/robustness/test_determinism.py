"""The same texts give the same tables, byte for byte: in any process, order and batch, with any workers, hash seed, locale."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.orchestration.engines import engine
from robustness.tables import some, tables, texts

TESTS = Path(__file__).resolve().parents[1]
BATCH = 8
# Some of the texts suffice to tell workers apart; all of them are read in the other tests.
SHARED = some()


@pytest.fixture(scope="module")
def expected() -> bytes:
    return tables(texts(), BATCH)


@pytest.fixture(scope="module")
def of_shared() -> bytes:
    return tables(SHARED, 3)


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the processes of a pool import the tests."""
    monkeypatch.syspath_prepend(str(TESTS))


def test_there_is_something_to_compare(expected: bytes) -> None:
    assert expected.count(b'["trade_claims"') > 100
    assert expected.count(b'["freight_claims"') > 50
    assert expected.count(b'["agreement_claims"') > 50
    assert expected.count(b'["document"') == len(texts())


def test_a_second_run_in_the_same_process_gives_the_same(expected: bytes) -> None:
    assert tables(texts(), BATCH) == expected


@pytest.mark.parametrize("size", [1, 1000])
def test_the_size_of_batches_does_not_matter(size: int, of_shared: bytes) -> None:
    assert tables(SHARED, size) == of_shared


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_texts_does_not_matter(seed: int, of_shared: bytes) -> None:
    shuffled = list(SHARED)
    random.Random(seed).shuffle(shuffled)
    assert tables(shuffled, 3) == of_shared


@pytest.mark.usefixtures("importable")
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_number_of_workers_does_not_matter(workers: int, of_shared: bytes) -> None:
    with engine("pool", workers) as run:
        assert tables(SHARED, 2, run) == of_shared


@pytest.mark.parametrize(
    ("surroundings", "arguments"),
    [
        (("0", "UTC", "C"), ["8", "some"]),
        (("1", "Asia/Kathmandu", "tr_TR.UTF-8"), ["3", "reversed"]),
        (("4242", "Pacific/Apia", "de_DE.UTF-8"), ["20", "some"]),
    ],
)
def test_hash_seed_time_zone_and_locale_do_not_matter(
    surroundings: tuple[str, str, str], arguments: list[str], expected: bytes, of_shared: bytes
) -> None:
    seed, zone, locale = surroundings
    path = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONPATH": path}
    command = [sys.executable, "-m", "robustness.tables", *arguments]
    told = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert told.stdout == (of_shared if "some" in arguments else expected)
