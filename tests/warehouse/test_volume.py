from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from pipeline.orchestration.standing import last_good_reading, tried_again_at
from pipeline.sources.raw import RawText, SourceError, Unreadable
from pipeline.sources.running import ACCEPT, VolumeLimits
from pipeline.warehouse.ledger import State
from pipeline.warehouse.refreshing import refresh_documents
from pipeline.warehouse.store import (
    EXTRACTION_FAILED,
    HELD_BACK,
    PARTLY_READ,
    READ,
    READ_AGAIN,
    READING_FAILED,
    Refresh,
    SourceRefresh,
    Store,
)

from .made import day, raw, read, refresh_source


class Source:
    """A source that gives so many texts each day."""

    def __init__(self, store: Store, limits: VolumeLimits | None = None) -> None:
        self.store = store
        self.limits = limits
        self.day = 0

    def gives(self, inputs: int | Sequence[RawText | Unreadable], accepted: bool = False, asked: bool = True) -> SourceRefresh:
        self.day += 1
        texts = [raw(f"{number}.txt", f"Text {number}") for number in range(inputs)] if isinstance(inputs, int) else inputs
        with self.store.exclusive():
            under_way = self.store.open_refresh(day(self.day))
            reading = refresh_documents(
                self.store,
                "made",
                texts,
                read=read,
                version="1",
                refresh=under_way,
                now=day(self.day),
                limits=self.limits,
                accepted=accepted,
                asked=asked,
            )
            self.store.end_refresh("published", now=day(self.day))
        return reading

    def breaks_the_extractor(self, inputs: int | Sequence[RawText | Unreadable]) -> str:
        """The same, and then the extractor breaks down on a text that is held. Gives what is logged."""
        self.gives(inputs)
        last = self.store.source_refreshes().sort("finished_at")["refresh_id"][-1]
        self.store.log_failure(Refresh(last, day(self.day)), "made", EXTRACTION_FAILED, ValueError("no claims in a.txt"))
        log = self.store.source_refreshes().sort("finished_at")
        return str(log["status"][-1])

    def statuses(self, *volumes: int) -> list[str]:
        return [self.gives(volume).status for volume in volumes]

    @property
    def holds(self) -> int:
        ledger = self.store.ledger("made")
        return ledger.filter(ledger["state"] == State.PRESENT).height


@pytest.fixture
def source(store: Store) -> Source:
    return Source(store)


def test_a_source_that_gives_nothing_keeps_what_it_held(source: Source) -> None:
    source.gives(30)
    reading = source.gives(0)
    assert reading.status == HELD_BACK
    assert (reading.documents_seen, reading.documents_removed) == (0, 0)
    assert reading.detail is not None
    assert "met no document, and usually 30" in reading.detail
    assert reading.detail.endswith("corridor refresh --source made --accept made")
    assert source.holds == 30
    assert source.gives(30).status == READ


def test_what_was_held_back_stays_so_until_it_is_accepted(source: Source) -> None:
    assert source.statuses(30, 0, 0) == [READ, HELD_BACK, HELD_BACK]
    accepted = source.gives(0, accepted=True)
    assert (accepted.status, accepted.documents_removed) == (READ, 30)
    assert source.holds == 0
    assert source.statuses(0, 30) == [READ, READ]


@pytest.mark.parametrize(
    ("volumes", "last"),
    [
        ((40, 40, 40, 3), HELD_BACK),
        ((40, 40, 40, 4), READ),
        ((40, 40, 3), READ),  # two readings do not make a habit
        ((40, 40, 40, 401), HELD_BACK),
        ((40, 40, 40, 400), READ),
        ((1, 1, 1, 19), READ),  # small folders grow by leaps
        ((1, 1, 1, 20), HELD_BACK),
        ((0, 0, 0, 0), READ),
        ((2, 2, 0), READ),  # removed on purpose, perhaps
        ((2, 2, 2, 0), HELD_BACK),
        ((3, 300, 40, 2), HELD_BACK),
        ((20, 20, 20, 2, 19, 20), READ),
    ],
)
def test_a_tenth_and_ten_times_the_usual_are_the_limits(source: Source, volumes: tuple[int, ...], last: str) -> None:
    assert source.statuses(*volumes)[-1] == last


def test_the_usual_follows_slow_growth(source: Source) -> None:
    volumes = [round(2 * 1.5**number) for number in range(13)]
    assert set(source.statuses(*volumes)) == {READ}
    assert volumes[-1] > 100 * volumes[0]


def test_an_accepted_volume_is_usual_from_then_on(source: Source) -> None:
    assert source.statuses(5, 5, 5, 5, 60) == [READ, READ, READ, READ, HELD_BACK]
    assert source.gives(60, accepted=True).status == READ
    assert source.statuses(61, 5) == [READ, READ]


def kept(numbers: Iterable[int], seen: bool) -> list[RawText]:
    """Texts that a source keeps, met this time or not."""
    return [RawText("made", f"made/{n}.txt", f"{n}.txt", f"Text {n}".encode(), seen=seen) for n in numbers]


def test_what_only_held_back_readings_met_does_not_come_in_with_the_next(source: Source) -> None:
    source.statuses(3, 3, 3)
    assert source.gives(kept(range(60), seen=True)).status == HELD_BACK
    for _ in range(2):
        assert source.gives([*kept(range(3), seen=True), *kept(range(3, 60), seen=False)]).status == READ
        assert source.holds == 3
    assert source.gives([*kept(range(4), seen=True), *kept(range(4, 60), seen=False)]).documents_new == 1
    assert source.gives(kept(range(60), seen=False)).status == HELD_BACK
    assert source.holds == 4
    assert source.gives([*kept(range(3), seen=True), *kept(range(3, 60), seen=False)], accepted=True).documents_new == 56
    assert source.gives([*kept(range(3), seen=True), *kept(range(3, 60), seen=False)]).status == READ
    assert source.holds == 60


@contextmanager
def killed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process ends when the ledger was written, before anything else is."""

    def stop(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(store, "hold_back", stop)
        yield


@pytest.mark.parametrize("accepted", [False, True])
def test_a_reading_that_was_killed_once_its_ledger_stood_loses_nothing(
    source: Source, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    source.statuses(40, 40, 40)
    assert source.gives(kept(range(1_000), seen=True)).status == HELD_BACK
    with killed(source.store, monkeypatch), pytest.raises(SystemExit):
        source.gives(kept(range(60), seen=True), accepted=accepted)
    assert source.holds == 60
    assert source.gives([*kept(range(40), seen=True), *kept(range(40, 60), seen=False)]).documents_removed == 0
    assert source.holds == 60


def test_what_is_read_again_without_asking_is_no_reading_to_judge_or_to_judge_by(source: Source) -> None:
    source.statuses(40, 40, 40)
    for _ in range(3):
        again = source.gives(kept(range(40), seen=False), asked=False)
        assert (again.status, again.documents_seen, again.documents_kept) == (READ_AGAIN, 0, 40)
    assert source.holds == 40
    assert source.statuses(0, 40) == [HELD_BACK, READ]
    assert last_good_reading(source.store.source_refreshes()) == day(8)
    source.gives(kept(range(40), seen=False), asked=False)
    assert last_good_reading(source.store.source_refreshes()) == day(8)


def test_extraction_that_broke_down_on_kept_texts_makes_no_reading_of_them(source: Source) -> None:
    source.statuses(40, 40, 40)
    source.gives(kept(range(40), seen=False), asked=False)
    refresh = Refresh(source.store.source_refreshes()["refresh_id"][-1], day(source.day))
    source.store.log_failure(refresh, "made", EXTRACTION_FAILED, ValueError("broke down"))
    assert source.statuses(0) == [HELD_BACK]
    assert last_good_reading(source.store.source_refreshes()) == day(3)


def test_the_new_texts_of_a_reading_with_too_few_come_in_with_the_next(source: Source) -> None:
    source.statuses(40, 40, 40)
    few = [*kept(range(40), seen=False), *kept([40], seen=True)]
    assert source.gives(few).status == HELD_BACK
    good = source.gives([*kept(range(40), seen=True), *kept([40], seen=False)])
    assert (good.status, good.documents_new, good.detail) == (READ, 1, None)
    assert source.holds == 41


def test_a_reading_with_too_few_does_not_free_what_one_with_too_many_met(source: Source) -> None:
    source.statuses(40, 40, 40)
    source.gives(kept(range(1_000), seen=True))
    assert source.gives([*kept([0], seen=True), *kept(range(1, 1_000), seen=False)]).status == HELD_BACK
    assert source.gives([*kept(range(40), seen=True), *kept(range(40, 1_000), seen=False)]).status == READ
    assert source.holds == 40


def test_how_many_texts_are_left_out_is_told_until_they_come_in_or_go(source: Source) -> None:
    source.statuses(3, 3, 3)
    source.gives(kept(range(60), seen=True))
    told = source.gives([*kept(range(3), seen=True), *kept(range(3, 60), seen=False)]).detail
    assert told == (
        "57 texts that only readings held back met are still left out;"
        " to take them in: corridor refresh --source made --accept made"
    )
    told = source.gives([*kept(range(3), seen=True), *kept([59], seen=False)]).detail
    assert told is not None
    assert told.startswith("1 text that only a reading held back met is still left out")
    assert source.gives(3).detail is None


def test_what_a_reading_met_that_broke_off_is_judged_with_the_next(source: Source) -> None:
    source.statuses(3, 3, 3)
    after = [*kept(range(3), seen=True), *kept(range(3, 60), seen=False)]
    assert source.gives(after).status == HELD_BACK
    assert source.holds == 3
    assert source.gives(after).status == READ
    assert source.holds == 3


def test_a_text_that_breaks_the_extractor_makes_no_good_reading_of_one_held_back(source: Source) -> None:
    assert [source.breaks_the_extractor(40) for _ in range(4)] == [EXTRACTION_FAILED] * 4
    assert [source.breaks_the_extractor(1) for _ in range(3)] == [HELD_BACK] * 3
    assert source.holds == 40
    detail = source.store.source_refreshes().sort("finished_at")["detail"][-1]
    assert "no claims in a.txt; met only 1 document" in detail
    assert detail.endswith("corridor refresh --source made --accept made")


def test_a_source_that_could_not_be_read_stays_one_whatever_the_extractor_does(source: Source) -> None:
    source.gives(4)
    for number in (2, 3):
        refresh = Refresh(f"r{number}", day(number))
        source.store.log_failure(refresh, "made", READING_FAILED, SourceError("no answer"))
        source.store.log_failure(refresh, "made", EXTRACTION_FAILED, ValueError("no claims in a.txt"))
    log = source.store.source_refreshes()
    assert log["status"].to_list()[1:] == [READING_FAILED] * 2
    assert log["detail"][-1] == "ValueError: no claims in a.txt; no answer"
    assert tried_again_at(log, day(4)) is not None


def test_after_a_long_outage_of_a_part_the_rest_comes_in_again(source: Source) -> None:
    both = [raw(f"{number}.txt", f"Text {number}") for number in range(30)]
    away = [Unreadable(one.uri, "made", "unreachable", "no answer") for one in both[2:]]
    kept = [RawText(one.source, one.uri, one.file_name, one.content, seen=False) for one in both[2:]]
    assert [source.gives(both).status for _ in range(4)] == [READ] * 4
    assert [source.gives([*both[:2], *kept, *away]).status for _ in range(8)] == [READ] * 8
    assert source.gives(both).status == READ
    assert source.holds == 30


def test_what_is_held_may_come_back_in_any_number(source: Source) -> None:
    both = [raw(f"{number}.txt", f"Text {number}") for number in range(30)]
    kept = [RawText(one.source, one.uri, one.file_name, one.content, seen=False) for one in both[2:]]
    source.gives(both)
    assert [source.gives([*both[:2], *kept], accepted=True).status for _ in range(8)] == [READ] * 8
    assert source.gives(both).status == READ
    assert source.gives([*both, raw("new.txt", "New")]).status == READ


def test_a_source_may_have_limits_of_its_own(store: Store) -> None:
    source = Source(store, VolumeLimits(least=0.5, most=2, empty=ACCEPT))
    assert source.statuses(40, 40, 40, 19, 81, 80, 20, 0) == [READ, READ, READ, HELD_BACK, HELD_BACK, READ, READ, READ]


def test_what_could_not_be_fetched_counts_as_given(source: Source) -> None:
    source.gives(3)
    texts = [Unreadable(f"made/{number}", "made", "unreachable", "timed out") for number in range(3)]
    assert source.gives(texts).status == READ


def test_a_text_that_is_only_kept_does_not_count_as_given(source: Source) -> None:
    source.gives(3)
    kept = [RawText("made", f"made/{n}.txt", f"{n}.txt", f"Text {n}".encode(), seen=False) for n in range(3)]
    assert source.gives(kept).status == HELD_BACK
    assert source.holds == 3


def test_other_sources_are_no_measure(store: Store) -> None:
    refresh_source(store, [raw(f"{number}.txt", f"Text {number}", "other") for number in range(9)], source="other")
    assert Source(store).statuses(0, 1) == [READ, READ]


def dead(*names: str) -> list[RawText | Unreadable]:
    return [Unreadable(f"https://example.org/{name}", "made", "gone", "it answers 404", listing=True) for name in names]


def test_a_reading_without_some_of_its_lists_is_told_as_one_in_part(source: Source) -> None:
    texts = [raw(f"{number}.txt", f"Text {number}") for number in range(30)]
    kept = [replace(one, seen=False) for one in texts[1:]]
    assert source.statuses(30, 30, 30) == [READ] * 3
    reading = source.gives([texts[0], *kept, *dead("a", "b", "c", "d")])
    assert (reading.status, reading.documents_removed, source.holds) == (PARTLY_READ, 0, 30)
    assert reading.detail == (
        "could not read https://example.org/a (it answers 404); https://example.org/b (it answers 404);"
        " https://example.org/c (it answers 404) and 1 more; what it held of that stays"
    )
    log = source.store.source_refreshes()
    assert tried_again_at(log, day(4)) is not None
    assert last_good_reading(log) == reading.finished_at
    assert source.gives(30).status == READ


def test_readings_in_part_are_no_measure_of_what_is_usual(source: Source) -> None:
    few = [raw("0.txt", "Text 0"), *dead("a")]
    assert source.statuses(30, 30, 30) == [READ] * 3
    assert [source.gives(few).status for _ in range(7)] == [PARTLY_READ] * 7
    assert source.gives(60).status == READ


def test_too_many_are_held_back_also_of_a_reading_in_part(source: Source) -> None:
    source.statuses(30, 30, 30)
    many: list[RawText | Unreadable] = [raw(f"{number}.txt", f"Text {number}") for number in range(400)]
    assert source.gives([*many, *dead("a")]).status == HELD_BACK


def test_a_place_that_cannot_be_looked_into_makes_a_reading_in_part(source: Source) -> None:
    fault = Unreadable("made/0.txt", "made", "read_error", "Input/output error")
    assert source.gives([raw("1.txt", "Text 1"), fault]).status == READ  # nothing was held there
    source.gives(2)
    reading = source.gives([raw("1.txt", "Text 1"), fault])
    assert (reading.status, reading.documents_kept) == (PARTLY_READ, 1)
    assert reading.detail == "could not read made/0.txt (Input/output error); what it held of that stays"


def test_a_reading_in_part_stays_one_when_the_extractor_breaks_down(source: Source) -> None:
    assert source.breaks_the_extractor([raw("a.txt", "A"), *dead("feed")]) == PARTLY_READ
    assert "no claims in a.txt; could not read https://example.org/feed" in str(source.store.source_refreshes()["detail"][-1])
