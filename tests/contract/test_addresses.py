"""What is an address, and what a path."""

from pathlib import Path

import pytest

from pipeline.contract.addresses import is_address, without_password


@pytest.mark.parametrize("place", ["s3://bucket/prefix", "s3:/bucket", "gs://bucket", "file:/store", Path("s3://bucket")])
def test_a_scheme_makes_an_address(place: str | Path) -> None:
    assert is_address(place)


@pytest.mark.parametrize(
    "place", ["store", "/srv/store", "C:/store", "c:\\store", "./s3:/store", "a:b", "year/2024:/x", Path("store")]
)
def test_a_path_is_none(place: str | Path) -> None:
    assert not is_address(place)


@pytest.mark.parametrize("place", ["s3://me:hidden@bucket", "s3:/hidden@bucket", "https://me:hid/den@mine@bucket"])
def test_of_a_password_it_is_told_only_that_it_is_there(place: str) -> None:
    assert without_password(place).endswith("://...@bucket")
    assert "hid" not in without_password(place)


@pytest.mark.parametrize("place", ["s3://bucket/prefix", "store", "texts@home"])
def test_other_places_are_told_as_they_are(place: str) -> None:
    assert without_password(place) == place
