"""What tests of several packages share."""

from collections.abc import Iterator

import pytest

from pipeline.warehouse import publishing


@pytest.fixture(scope="session", autouse=True)
def no_kept_instance() -> Iterator[None]:
    """No test writes to the log of runs that the caller's DAGSTER_HOME names, or needs the folder to be there: `make` names one
    that only a refresh makes.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DAGSTER_HOME", raising=False)
        yield


@pytest.fixture
def without_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are published without the tables of answers and the index of search, which take most of the time of publishing few
    texts: for tests of many publishes that are about other tables.
    """
    monkeypatch.setattr(publishing, "work_out", lambda _connection: None)
    monkeypatch.setattr(publishing, "_can_be_searched", lambda _connection: False)
