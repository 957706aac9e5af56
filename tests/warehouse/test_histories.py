"""Whatever a source held before, the dataset is what it would be if the source had always held what it holds now."""

import tempfile
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract.schemas import empty_frame
from pipeline.contract.tables import TABLES
from pipeline.warehouse.ledger import LEDGER_SCHEMA, MET_SCHEMA, State, compare, next_ledger
from pipeline.warehouse.rows import arranged, rows_of_texts
from pipeline.warehouse.store import Store

from .made import EXAMPLE, day, raw, refresh_source

pytestmark = pytest.mark.whole

TEXTS = (EXAMPLE, "A\nexports KAZ GEO 1 t\n", "B\ncargo 2 t\nbroken\n", "a\nexports kaz geo 1 t\n", "\0")
# A folder: names of files, each with one of the texts.
folders = st.dictionaries(st.sampled_from(("a.txt", "b.txt", "c.txt")), st.sampled_from(TEXTS), max_size=3)
OF_THE_WAY = ("first_seen", "last_seen", "refresh_id", "finished_at")
THE_WAY = ("removed_documents", "source_refreshes")


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    found = {name: frames for name, frames in rows_of_texts(store).items() if name not in THE_WAY}
    tables = {
        table.name: arranged(pl.concat([empty_frame(table), *found[table.name]]), table)
        for table in TABLES
        if table.name in found
    }
    return {name: frame.drop(OF_THE_WAY, strict=False).rows() for name, frame in tables.items()}


def read_all(store: Store, folder: dict[str, str]) -> None:
    refresh_source(store, [raw(name, text) for name, text in folder.items()])
    with store.exclusive():
        store.collect_garbage()


@settings(max_examples=15, deadline=None)
@given(st.lists(folders, min_size=1, max_size=4))
def test_the_dataset_depends_on_what_sources_hold_and_not_on_what_they_held(history: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        long_way, short_way = Store(Path(place) / "long"), Store(Path(place) / "short")
        for folder in history:
            read_all(long_way, folder)
        read_all(short_way, history[-1])
        assert content(long_way) == content(short_way)


def inputs_of(folder: dict[str, str]) -> pl.DataFrame:
    rows = [
        (name, name, text, None if text == "\0" else text, State.PRESENT, None, None, True, None)
        for name, text in folder.items()
    ]
    return pl.DataFrame(rows, schema=MET_SCHEMA, orient="row")


@settings(deadline=None)
@given(folders, folders)
def test_every_document_is_new_changed_or_unchanged_and_the_rest_is_removed(
    before: dict[str, str], now: dict[str, str]
) -> None:
    ledger = next_ledger(LEDGER_SCHEMA.to_frame(), inputs_of(before), "1", day(1))
    found = compare(ledger, inputs_of(now))
    held, holds = ({text for text in folder.values() if text != "\0"} for folder in (before, now))
    assert sorted([*found.new, *found.changed, *found.unchanged]) == sorted(holds)
    assert set(found.unchanged) == held & holds
    assert set(found.removed) <= held - holds
    assert compare(ledger, inputs_of(before)).unchanged == tuple(sorted(held))
    assert compare(ledger, inputs_of({})).removed == tuple(sorted(held))


@settings(deadline=None)
@given(folders, folders)
def test_a_ledger_forgets_no_document(before: dict[str, str], now: dict[str, str]) -> None:
    first = next_ledger(LEDGER_SCHEMA.to_frame(), inputs_of(before), "1", day(1))
    second = next_ledger(first, inputs_of(now), "2", day(2))
    rows = {
        (uri, input_id): (state, last)
        for uri, input_id, state, last in second.select("uri", "input_id", "state", "last_seen").rows()
    }
    assert rows == {
        **{(name, text): (State.REMOVED, day(1)) for name, text in before.items()},
        **{(name, text): (State.PRESENT, day(2)) for name, text in now.items()},
    }
    since = dict(second.filter(pl.col("state") == State.PRESENT).select("input_id", "first_seen").iter_rows())
    assert since == {text: day(1) if text in before.values() else day(2) for text in now.values()}


# What a source meets in a refresh: names of files with their texts, and whether it met each or only gives what it keeps of it;
# None if it could not be read.
readings = st.none() | st.dictionaries(
    st.sampled_from(("a.txt", "b.txt")), st.tuples(st.sampled_from(("A", "B", "\0")), st.booleans()), max_size=2
)


@settings(deadline=None)
@given(st.lists(readings, min_size=1, max_size=8))
def test_first_and_last_seen_are_those_of_the_readings_that_met_a_text(
    history: list[dict[str, tuple[str, bool]] | None],
) -> None:
    ledger = LEDGER_SCHEMA.to_frame()
    first: dict[str, int] = {}
    last: dict[tuple[str, str], int] = {}
    holds: set[tuple[str, str]] = set()
    for number, reading in enumerate(history, 1):
        if reading is None:
            continue  # a source that fails commits nothing
        rows = [
            (name, name, text, None if text == "\0" else text, State.PRESENT, None, None, seen, None)
            for name, (text, seen) in reading.items()
        ]
        inputs = pl.DataFrame(rows, schema=MET_SCHEMA, orient="row")
        ledger = next_ledger(ledger, inputs, str(number), day(number))
        assert compare(ledger, inputs).unchanged == tuple(sorted({text for text, _ in reading.values()} - {"\0"}))
        holds = {(name, text) for name, (text, _) in reading.items()}
        for name, (text, seen) in reading.items():
            first.setdefault(text, number)
            if seen or (name, text) not in last:
                last[name, text] = number
    told = {
        (uri, input_id): (state, met)
        for uri, input_id, state, met in ledger.select("uri", "input_id", "state", "last_seen").rows()
    }
    assert told == {place: (State.PRESENT if place in holds else State.REMOVED, day(number)) for place, number in last.items()}
    since = ledger.filter(pl.col("state") == State.PRESENT).select("input_id", "first_seen").iter_rows()
    assert all(moment == day(first[text]) for text, moment in since)


def test_the_same_bytes_read_as_another_text_were_seen_as_long() -> None:
    def converted(text: str) -> pl.DataFrame:
        row = ("page", "page", "bytes", text, State.PRESENT, None, None, True, None)
        return pl.DataFrame([row], schema=MET_SCHEMA, orient="row")

    ledger = next_ledger(LEDGER_SCHEMA.to_frame(), converted("text of version 1"), "1", day(1))
    ledger = next_ledger(ledger, converted("text of version 2"), "2", day(2))
    assert ledger.select("doc_id", "state", "first_seen").rows() == [("text of version 2", State.PRESENT, day(1))]


@pytest.mark.parametrize(("met_at", "moment"), [(day(3), day(3)), (None, day(7)), (day(9), day(7))])
def test_a_text_that_is_kept_and_not_met_was_seen_when_its_source_says(met_at: datetime | None, moment: datetime) -> None:
    row = ("page", "page", "bytes", "text", State.PRESENT, None, None, False, met_at)
    inputs = pl.DataFrame([row], schema=MET_SCHEMA, orient="row")
    ledger = next_ledger(LEDGER_SCHEMA.to_frame(), inputs, "1", day(7))
    assert ledger.select("first_seen", "last_seen").rows() == [(moment, moment)]
    later = next_ledger(ledger, inputs, "2", day(8))
    assert later.select("first_seen", "last_seen").rows() == [(moment, moment)]
