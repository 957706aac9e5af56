"""A store in a bucket of an object store, over HTTP: whole refreshes, and what can go wrong on the way."""

import http.server
import io
import os
import pickle
import shutil
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import polars as pl
import pytest

from pipeline.sources.fetched import Fetched, FetchedTexts
from pipeline.warehouse import buckets, leases
from pipeline.warehouse.buckets import LAST_FILE, Bucket, BucketDraft, bucket_at
from pipeline.warehouse.errors import LockHeldError, PlaceError, StoreFormatError, UnwritableError, WarehouseError
from pipeline.warehouse.segments import NO_PART
from pipeline.warehouse.store import DOCUMENT_INDEX, INTERRUPTED, Refresh, Store

from .made import EXAMPLE, raw, refresh, refresh_source

FIRST = [raw("a.txt", EXAMPLE), raw("b.txt", "B\ncargo 1 t\n"), raw("bad.txt", "\0")]
SECOND = [raw("a.txt", "A\nexports KAZ GEO 9 t\n"), raw("c.txt", "C\nIron Road (IR)\ncargo 2 t\n")]


@pytest.fixture
def lean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leases run out at once for others, and last for their holder."""
    monkeypatch.setattr(leases, "_seconds_left", lambda *_arguments: 0)


def objects(address: str) -> set[str]:
    return set(bucket_at(address)._keys(""))


def rows(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is published, but for what differs from file to file."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{warehouse}' AS corridor (READ_ONLY)")
        connection.execute("USE corridor")
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()]
        told = {name: "* EXCLUDE (store)" if name == "dataset" else "*" for name in names}
        return {name: connection.execute(f'SELECT {told[name]} FROM "{name}" ORDER BY ALL').fetchall() for name in names}


def test_refreshes_publish_the_same_as_from_a_folder(bucket: Any, store: Store, tmp_path: Path) -> None:
    for number, inputs in enumerate((FIRST, FIRST, SECOND), start=1):
        refresh(store, inputs, tmp_path / "local.duckdb", number)
        before = objects(bucket.address)
        reading, extraction, publication = refresh(Store(bucket.address), inputs, tmp_path / "remote.duckdb", number)
        assert publication.published
        assert rows(tmp_path / "remote.duckdb") == rows(tmp_path / "local.duckdb")
        if number == 2:
            assert (reading.documents_new, extraction.extracted) == (0, 0)
            assert objects(bucket.address) == before
    remote = Store(bucket.address)
    assert remote.refreshes()["status"].to_list() == ["published"] * 3
    assert remote.claims.index().drop("part").equals(store.claims.index().drop("part"))
    assert remote.source_refreshes().equals(store.source_refreshes())
    assert not any("lock" in name for name in objects(bucket.address))


def test_a_writer_that_was_killed_is_followed_by_one_that_repairs(
    bucket: Any, tmp_path: Path, lean: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "corridor.duckdb"
    refresh(Store(bucket.address), FIRST, warehouse)
    with killed_at(monkeypatch, BucketDraft, "close", 2):
        refresh(Store(bucket.address), SECOND, warehouse, 2)
    orphans = {name for name in objects(bucket.address) if "/00000002/" in name and name.startswith("claims")}
    assert orphans
    store = Store(bucket.address)
    assert not any(name.endswith(LAST_FILE) for name in orphans)
    assert [name for name in store.claims.names() if name == "00000002"]
    assert set(store.claims.index()["segment"]) == {"00000001"}  # no reader takes the half for a whole
    with store.exclusive():
        assert orphans.isdisjoint(objects(bucket.address))
    _, _, publication = refresh(store, SECOND, warehouse, 3)
    assert publication.published
    assert store.refreshes()["status"].to_list() == ["published", INTERRUPTED, "published"]
    kept = {name for name in objects(bucket.address) if name.startswith("claims/")}
    assert {name.split("/")[1] for name in kept} == set(store.claims.index()["segment"])
    parts = {name.rpartition("-")[2].removesuffix(".parquet") for name in kept if "-" in name}
    assert parts == set(store.claims.index()["part"]) - {NO_PART}


@contextmanager
def cut_off(address: str) -> Iterator[None]:
    """The holder of the lock is cut off for so long that its lease runs out; within, it is another process that writes."""
    lease = leases._HELD.pop(address)
    lease._ended.set()
    lease.sure_until = 0
    try:
        yield
    finally:
        leases._HELD[address] = lease


def test_a_writer_that_lost_its_lock_leaves_what_the_next_one_wrote(bucket: Any, tmp_path: Path, lean: None) -> None:
    store = Store(bucket.address)

    index = pl.DataFrame([{"input_id": "a", "part": NO_PART}], schema={**_INDEX, "part": pl.String()})
    with store.exclusive():
        segment = store.documents.begin()
        with cut_off(bucket.address):
            refresh(Store(bucket.address), FIRST, tmp_path / "corridor.duckdb")
        with pytest.raises(LockHeldError, match="out of reach for so long"):
            store.documents.close(segment, index)
    after = Store(bucket.address)
    assert after.documents.index().height == after.ledger("made").height == len(FIRST)
    assert after.documents.read("documents", after.documents.index()).height == 2


def test_what_was_put_before_the_lock_was_lost_is_left_to_the_next_writer(bucket: Any, lean: None) -> None:
    with Store(bucket.address).exclusive():
        segment = Store(bucket.address).claims.begin()
        segment.draft.put({"trade_claims-part.parquet": b"half"})
        with cut_off(bucket.address):
            segment.draft.discard()
    assert any(name.startswith("claims/") for name in objects(bucket.address))
    with Store(bucket.address).exclusive():
        Store(bucket.address).collect_garbage()
        assert not any(name.startswith("claims/") for name in objects(bucket.address))


def test_what_could_not_be_discarded_goes_with_the_garbage(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(bucket.address).exclusive():
        segment = Store(bucket.address).claims.begin()
        segment.draft.put({"trade_claims-part.parquet": b"half"})
        with monkeypatch.context() as network:
            network.setattr(Bucket, "_delete", lambda *_: (_ for _ in ()).throw(PlaceError("cannot be reached")))
            segment.draft.discard()
    assert any(name.startswith("claims/") for name in objects(bucket.address))
    with Store(bucket.address).exclusive():
        Store(bucket.address).collect_garbage()
    assert not any(name.startswith("claims/") for name in objects(bucket.address))


def test_no_file_is_published_when_the_lock_was_lost_before(
    bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "corridor.duckdb"
    refresh(Store(bucket.address), FIRST, warehouse)
    published, note = rows(warehouse), Store.note_publishing

    def noted_and_cut_off(store: Store, under_way: Refresh, file: Path) -> None:
        note(store, under_way, file)
        with cut_off(bucket.address):
            pass

    monkeypatch.setattr(Store, "note_publishing", noted_and_cut_off)
    with pytest.raises(LockHeldError, match="out of reach for so long"):
        refresh(Store(bucket.address), SECOND, warehouse, 2)
    assert rows(warehouse) == published


def test_a_write_has_ended_before_another_writer_can_take_over(bucket: Any) -> None:
    short = buckets._SHORT, buckets._SHORTER
    assert short[0].longest < leases.SECONDS_TO_END
    assert 2 * short[1].longest < leases.SECONDS_TO_END
    used = set[object]()
    place = bucket_at(bucket.address)
    with pytest.MonkeyPatch.context() as patch:
        client = Bucket._client_of
        patch.setattr(Bucket, "_client_of", lambda place, pace: (used.add(pace), client(place, pace))[1])
        with place.exclusive("it", 0):
            place.write("small.json", b"{}")
            place.write("large.parquet", b"1" * (buckets._PART + 1))
            place.remove("small.json")
    assert used - {buckets._PATIENT} == set(short)
    assert place.read("large.parquet") == b"1" * (buckets._PART + 1)


def test_what_is_sent_in_parts_does_not_appear_when_the_lock_was_lost_meanwhile(
    bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "_PART", 6_000_000)
    place, content = bucket_at(bucket.address), io.BytesIO(b"1" * 13_000_000)

    def read_and_be_cut_off(size: int) -> bytes:
        part = content.read(size)
        if content.tell() == len(content.getvalue()):
            leases._HELD[bucket.address].sure_until = 0
        return part

    with place.exclusive("it", 0), pytest.raises(LockHeldError, match="out of reach"):
        place._send("large.parquet", SimpleNamespace(read=read_and_be_cut_off), 13_000_000)  # type: ignore[arg-type]
    assert objects(bucket.address) == set()


def test_of_what_segments_hold_only_indexes_are_remembered(bucket: Any) -> None:
    store = Store(bucket.address)
    with store.exclusive():
        refresh_source(store, FIRST)
        store.documents.read("documents", store.documents.index())
        remembered = leases.memory(bucket.address)
        assert remembered is not None
        found = {name for name, content in remembered.objects.items() if content is not None}
    assert {"documents/00000001/index.parquet", "sources/made.parquet"} <= found
    assert not [name for name in found if name.count("/") > 1 and not name.endswith(LAST_FILE)]


def test_documents_that_the_store_lost_are_told(bucket: Any, tmp_path: Path) -> None:
    store = Store(bucket.address)
    refresh(store, FIRST, tmp_path / "corridor.duckdb")
    store.documents.remove(store.documents.names())
    other = [raw("z.txt", "Z\ncargo 1 t\n", "other")]
    told = rf"^the store {bucket.address} lacks 2 of the documents that it has read, such as \S+; refresh again with all"
    with pytest.raises(WarehouseError, match=told):
        refresh(Store(bucket.address), other, tmp_path / "corridor.duckdb", 2, "other", sources=["made", "other"])
    refresh_source(Store(bucket.address), FIRST, 3)
    assert refresh(Store(bucket.address), other, tmp_path / "corridor.duckdb", 4, "other", sources=["made", "other"])[
        2
    ].published


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, turn: int) -> Iterator[None]:
    """The process dies at the nth call: nothing more reaches the object store, not even what cleaning up would do."""
    left, before = iter(range(turn - 1)), getattr(owner, name)

    def deadly(*arguments: object, **options: object) -> object:
        if next(left, None) is None:
            for method in ("_ask", "_delete"):
                dead.setattr(Bucket, method, lambda *_arguments, **_options: (_ for _ in ()).throw(WarehouseError("dead")))
            raise KeyboardInterrupt
        return before(*arguments, **options)

    with monkeypatch.context() as dead:
        dead.setattr(owner, name, deadly)
        with pytest.raises((KeyboardInterrupt, WarehouseError)):
            yield


def test_a_second_writer_is_told_and_leaves_and_may_wait(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = rf"^the store {bucket.address} is being written by process {os.getpid()} on \S+ since 20\S+; wait until"
    entered, leave = threading.Event(), threading.Event()

    def write() -> None:
        with Store(bucket.address).exclusive():
            entered.set()
            leave.wait(60)

    other = threading.Thread(target=write)
    other.start()
    entered.wait(60)
    with pytest.raises(LockHeldError, match=told), Store(bucket.address).exclusive():
        pass
    monkeypatch.setattr(leases.time, "sleep", lambda _seconds: (leave.set(), other.join()))
    with Store(bucket.address).exclusive(wait_seconds=60):
        pass


def test_readers_need_no_lock_and_no_file_is_read_half(bucket: Any) -> None:
    store = Store(bucket.address)
    refresh_source(store, FIRST)
    with store.exclusive(), store.claims.begin().discarded_on_error():
        segment = store.claims.begin()
        segment.draft.put({"trade_claims-part.parquet": b"half"})
        reader = Store(bucket.address)
        assert reader.claims.index().height == 2
        assert reader.claims.read("trade_claims", reader.claims.index()).height == 1
        segment.draft.discard()


def test_workers_write_to_it_from_other_processes(bucket: Any) -> None:
    store = Store(bucket.address)
    nothing = store.claims.read("acronym_mentions", store.claims.index())
    mentions = pl.DataFrame({"input_id": ["a", "b"], "acronym": ["A", "B"]})
    rows = pl.concat([nothing, mentions], how="diagonal")
    with store.exclusive():
        segment = store.claims.begin()
        assert b"secret" not in pickle.dumps(segment)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as workers:
            part = workers.submit(segment.add_part, {"acronym_mentions": rows}).result()
        assert objects(bucket.address) >= {f"claims/00000001/{name}-{part}.parquet" for name in segment.schemas}
        index = pl.concat([store.claims.index(), pl.DataFrame({"input_id": ["a"], "part": [part]})], how="diagonal")
        store.claims.close(segment, index)
    reader = Store(bucket.address).claims
    assert reader.read("acronym_mentions", reader.index())["acronym"].to_list() == ["A"]


def test_an_older_store_is_brought_up_to_date(bucket: Any, tmp_path: Path) -> None:
    older = Path(__file__).parent / "old_stores" / "format_5"
    place = bucket_at(bucket.address)
    for path in older.rglob("*"):
        if path.is_file():
            place.write(path.relative_to(older).as_posix(), path.read_bytes())
    local, remote = Store(shutil.copytree(older, tmp_path / "store")), Store(bucket.address)
    for store in (local, remote):
        with store.exclusive():
            pass
    assert remote.place.read("format.json") == local.place.read("format.json") != (older / "format.json").read_bytes()
    for ours, theirs in ((remote.documents, local.documents), (remote.claims, local.claims)):
        assert ours.index().equals(theirs.index())
    assert remote.ledgers().equals(local.ledgers())
    assert remote.evaluated() == local.evaluated()


def test_what_was_fetched_is_kept_and_written_back_when_it_changed(bucket: Any) -> None:
    store = Store(bucket.address)

    def fetch_until_it_breaks_off(path: Path) -> None:
        FetchedTexts(path.parent, "agency").keep_texts([(Fetched("https://agency.example/1"), b"a page")])
        raise ConnectionError

    with pytest.raises(ConnectionError), store.exclusive(), store.fetched("agency") as path:
        fetch_until_it_breaks_off(path)
    written = store.place.written_at("fetched/agency.sqlite")
    with store.exclusive(), store.fetched("agency") as path:
        (known,) = FetchedTexts(path.parent, "agency").texts()
        assert FetchedTexts(path.parent, "agency").body(known.body or "") == b"a page"
        folder = path.parent
    assert store.place.written_at("fetched/agency.sqlite") == written
    assert not folder.exists()


def test_a_prefix_with_other_things_in_it_is_no_store(bucket: Any) -> None:
    bucket_at(bucket.address).write("thesis.tex", b"years of work")
    with pytest.raises(StoreFormatError, match=r"holds other things, such as thesis\.tex; name a prefix") as told:
        enter(Store(bucket.address))
    assert "folder" not in str(told.value)
    assert objects(bucket.address) == {"thesis.tex"}


# What goes wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["s3://", "s3:///prefix", "gs://bucket/store", "https://host/bucket", "s3://bucket/../other"]
)
def test_an_address_that_names_no_place_is_told(address: str) -> None:
    with pytest.raises(PlaceError, match=r"is no address of a store; name a folder, or a bucket as s3://BUCKET/PREFIX"):
        Store(address)


@pytest.mark.parametrize("address", ["s3://me:hidden@bucket/store", "https://me:hid/den@host/bucket", "s3://me:hid/den@b/s"])
def test_a_password_in_an_address_is_not_told(address: str) -> None:
    with pytest.raises(PlaceError, match=r"://\.\.\.@\S+ holds a name or a password") as raised:
        Store(address)
    assert "hid" not in str(raised.value)


def test_without_the_client_of_object_stores_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    monkeypatch.delitem(sys.modules, "pipeline.warehouse.buckets")
    with pytest.raises(PlaceError, match=r"^a store at s3:// needs what `pip install corridor\[s3\]` installs$"):
        Store("s3://bucket/store")


@pytest.mark.parametrize("answer", ["lost", "conflict", "another's"])
def test_a_segment_is_closed_once_whatever_became_of_the_answer(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    create = Bucket.create

    def answered(place: Bucket, name: str, content: bytes) -> str | None:
        if name == LAST_FILE and answer != "conflict":
            create(place, name, content if answer == "lost" else b"another's")
        return None if name == LAST_FILE else create(place, name, content)

    store = Store(bucket.address)
    monkeypatch.setattr(Bucket, "create", answered)
    expected = pytest.raises(UnwritableError, match="by another process meanwhile") if answer == "another's" else nullcontext()
    with store.exclusive(), expected:
        store.documents.add(pl.DataFrame([{"input_id": "a", "reason": "made"}], schema=_INDEX), {})
    if answer == "another's":
        assert bucket_at(bucket.address).read(f"documents/00000001/{LAST_FILE}") == b"another's"
    else:
        assert Store(bucket.address).documents.index()["input_id"].to_list() == ["a"]


_INDEX = {"input_id": pl.String(), **DOCUMENT_INDEX}


def test_a_bucket_that_is_not_there_is_told(bucket: Any) -> None:
    told = rf"^s3://missing/store: there is no bucket missing at {bucket.endpoint}; make it, or name another with --store$"
    for use in (enter, lambda store: store.refreshes(), lambda store: store.sources()):
        with pytest.raises(PlaceError, match=told):
            use(Store("s3://missing/store"))


def enter(store: Store) -> None:
    with store.exclusive():
        pass


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, r"http://127\.0\.0\.1:9 cannot be reached"),
        ({"AWS_ENDPOINT_URL": "127.0.0.1:9000"}, r"AWS_ENDPOINT_URL is '127\.0\.0\.1:9000', which is no address of a server"),
        ({"AWS_CA_BUNDLE": "/no/such/file.pem"}, r"AWS_CA_BUNDLE is /no/such/file\.pem, which cannot be read: No such file"),
        ({"AWS_ENDPOINT_URL": "http://me:hidden@127.0.0.1"}, r"AWS_ENDPOINT_URL holds a name or a password"),
        ({"AWS_ENDPOINT_URL": "me:hidden@host:9000"}, r"AWS_ENDPOINT_URL holds a name or a password"),
        ({"AWS_ENDPOINT_URL": "s3://me:hidden@host"}, r"AWS_ENDPOINT_URL holds a name or a password"),
        (
            {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_METADATA_ENDPOINT": "http://127.0.0.1:9"},
            r"no credentials for http://\S+; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY$",
        ),
        ({"AWS_SECRET_ACCESS_KEY": ""}, r"AWS_ACCESS_KEY_ID is set, but not AWS_SECRET_ACCESS_KEY; set both$"),
        ({"AWS_ACCESS_KEY_ID": ""}, r"AWS_SECRET_ACCESS_KEY is set, but not AWS_ACCESS_KEY_ID; set both$"),
    ],
)
def test_settings_that_do_not_lead_to_an_object_store_are_told(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], told: str
) -> None:
    for name, value in settings.items():
        if value:
            monkeypatch.setenv(name, value)
        else:
            monkeypatch.delenv(name)
    buckets._client.cache_clear()  # a client keeps the credentials that it was made with
    with pytest.raises(PlaceError, match=told) as raised:
        enter(Store("s3://another-bucket/store"))
    assert "hidden" not in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (403, "InvalidAccessKeyId", "does not accept the credentials; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        (403, "SignatureDoesNotMatch", "does not accept the credentials; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        (403, "AccessDenied", "does not let these credentials do that; they must list, read, write and delete what lies there"),
        (400, "AuthorizationHeaderMalformed", "the bucket b is in another region; name it with AWS_REGION"),
        (503, "SlowDown", "cannot be reached or does not answer; check AWS_ENDPOINT_URL and the network, and try again"),
        (507, "StorageFull", "s3://b/store/made.json cannot be written: "),
    ],
)
def test_what_an_object_store_refuses_is_told(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, status: int, code: str, told: str
) -> None:
    monkeypatch.setattr("pipeline.warehouse.buckets._TRIES", 0)
    with refusing(status, code) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        with pytest.raises((PlaceError, UnwritableError)) as raised:
            bucket_at("s3://b/store").write("made.json", b"{}")
    assert told in str(raised.value)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


@contextmanager
def refusing(status: int, code: str) -> Iterator[str]:
    class Refusal(http.server.BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = f"<Error><Code>{code}</Code><Message>No.</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    with serving(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusal)) as endpoint:
        yield endpoint


@contextmanager
def serving(server: http.server.ThreadingHTTPServer) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_network_that_is_cut_in_a_refresh_loses_nothing(
    bucket: Any, tmp_path: Path, lean: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "corridor.duckdb"
    refresh(Store(bucket.address), FIRST, warehouse)
    published = rows(warehouse)
    with monkeypatch.context() as network:
        put = BucketDraft.put

        def cut(draft: BucketDraft, contents: dict[str, bytes]) -> None:
            if "claims" in draft.place.address.removeprefix(bucket.address):
                network.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
            put(draft, contents)

        network.setattr(BucketDraft, "put", cut)
        with pytest.raises(PlaceError, match="cannot be reached or does not answer"):
            refresh(Store(bucket.address), SECOND, warehouse, 2)
    assert rows(warehouse) == published
    reading, extraction, publication = refresh(Store(bucket.address), SECOND, warehouse, 3)
    assert publication.published
    assert (reading.documents_new, extraction.extracted) == (0, 2)  # what was read before the cut is not read again
    assert Store(bucket.address).refreshes()["status"].to_list() == ["published", INTERRUPTED, "published"]
    assert {row[0] for row in rows(warehouse)["trade_claims"]} != {row[0] for row in published["trade_claims"]}
