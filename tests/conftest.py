"""What tests of several packages share."""

import pytest

from pipeline.warehouse import publishing


@pytest.fixture
def without_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are published without the tables of answers and the index of search, which take most of the time of publishing few
    texts: for tests of many publishes that are about other tables.
    """
    monkeypatch.setattr(publishing, "work_out", lambda _connection: None)
    monkeypatch.setattr(publishing, "_can_be_searched", lambda _connection: False)
