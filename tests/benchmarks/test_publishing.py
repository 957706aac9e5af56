"""Publishing is measured on stores that are made, at any size."""

import pytest

from benchmarks import publishing


@pytest.mark.whole
def test_a_made_store_is_published_anew_and_again() -> None:
    section = publishing.publishing([20])
    (found,) = section.figures["sizes"].values()
    assert list(found) == list(publishing.KINDS)
    assert {one["claims"] for one in found.values()} == {20 * publishing.CLAIMS_OF_A_DOCUMENT}
    assert "| 20 | 240 | nothing changed |" in section.text
