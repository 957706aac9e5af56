"""The real graph, run on folders made for the test."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.made import TEXTS, Workspace, write_texts
from pipeline.claims.claim import Extraction
from pipeline.claims.extraction import extract_claims
from pipeline.documents.document import Document
from pipeline.orchestration import batches
from pipeline.orchestration.assets import BrokenExtractorError, UnreadSourcesError
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.partitions import align_partitions, all_of
from pipeline.orchestration.resources import SourcesResource
from pipeline.orchestration.running import UnextractedTextsError
from pipeline.sources.raw import RawText, SourceError, Unreadable
from pipeline.warehouse.errors import CheckFailedError, LockHeldError
from pipeline.warehouse.store import Store

FAILING_CHECK = "-- Never holds: there is always a document.\nSELECT doc_id FROM documents\n"


def run_job(workspace: Workspace, instance: dg.DagsterInstance, checks: Path | None = None) -> dg.ExecuteInProcessResult:
    job = build_definitions(workspace.resources(), checks).resolve_job_def("refresh")
    tags = all_of(align_partitions(instance, ["texts"]))
    return job.execute_in_process(instance=instance, tags=tags, raise_on_error=False)


def failing_checks(folder: Path) -> Path:
    folder.mkdir()
    (folder / "no_documents.sql").write_text(FAILING_CHECK, encoding="utf-8")
    return folder


def test_a_folder_becomes_a_published_file(workspace: Workspace) -> None:
    outcome = workspace.refresh()
    assert workspace.file_names() == ["agreement.txt", "exports.txt", "port.md"]
    assert outcome.status.documents == len(TEXTS)
    assert outcome.status.refresh["documents_new"] == len(TEXTS)
    assert outcome.failed_sources == {}
    assert not list(workspace.file.parent.glob("*.wal"))


def test_every_claim_stands_where_it_says(workspace: Workspace) -> None:
    workspace.refresh()
    mismatches = """
        SELECT claim_id FROM claims JOIN documents USING (doc_id)
        WHERE evidence <> substring(text, evidence_start + 1, evidence_end - evidence_start)
    """
    assert workspace.rows(mismatches) == []
    assert workspace.rows("SELECT count(*) > 0 FROM claims") == [(True,)]


def test_a_second_refresh_works_on_nothing_and_changes_nothing(workspace: Workspace) -> None:
    first = workspace.counted()
    claims = workspace.rows("SELECT * FROM claims ORDER BY claim_id")
    second = workspace.counted()
    assert (first.done["reading"], first.done["extracting"]) == (len(TEXTS), len(TEXTS))
    assert first.totals["extracting"] == len(TEXTS)
    assert (second.done["reading"], second.done["extracting"]) == (0, 0)
    assert workspace.rows("SELECT * FROM claims ORDER BY claim_id") == claims


def test_a_changed_file_takes_the_place_of_its_rows(workspace: Workspace) -> None:
    workspace.refresh()
    before = workspace.rows("SELECT doc_id FROM documents WHERE file_name = 'port.md'")
    write_texts(workspace.texts, {"port.md": TEXTS["port.md"].replace("3.9", "4.1")})
    steps = workspace.counted()
    after = workspace.rows("SELECT doc_id FROM documents WHERE file_name = 'port.md'")
    assert steps.done["extracting"] == 1
    assert steps.claims > 0
    assert len(after) == 1
    assert after != before
    assert workspace.rows(f"SELECT * FROM claims WHERE doc_id = '{before[0][0]}'") == []
    assert workspace.rows("SELECT documents_changed FROM refreshes ORDER BY started_at DESC, refresh_id DESC LIMIT 1") == [(1,)]


def test_a_removed_file_leaves_with_its_rows(workspace: Workspace) -> None:
    workspace.refresh()
    (workspace.texts / "port.md").unlink()
    outcome = workspace.refresh()
    assert workspace.file_names() == ["agreement.txt", "exports.txt"]
    assert workspace.rows("SELECT * FROM claims WHERE doc_id NOT IN (SELECT doc_id FROM documents)") == []
    assert outcome.status.refresh["documents_removed"] == 1


def test_an_unreadable_file_is_recorded_and_the_others_are_published(workspace: Workspace) -> None:
    (workspace.texts / "broken.txt").write_bytes(bytes(range(256)) * 40)
    (workspace.texts / "empty.txt").write_bytes(b"")
    outcome = workspace.refresh()
    assert len(workspace.file_names()) == len(TEXTS)
    assert {str(uri) for (uri,) in workspace.rows("SELECT uri FROM unreadable_documents")} == {
        "texts/broken.txt",
        "texts/empty.txt",
    }
    assert outcome.status.unreadable == 2
    assert not outcome.read_nothing


def test_texts_in_no_language_or_a_rare_one_are_published(workspace: Workspace) -> None:
    write_texts(workspace.texts, {"digits.txt": "12 345\n67.8\n", "signs.txt": "— … 🚂\n", "letter.txt": "x\n"})
    workspace.refresh()
    found = dict(workspace.rows("SELECT file_name, language FROM documents"))
    assert len(found) == len(TEXTS) + 3
    assert found["digits.txt"] is None
    assert found["signs.txt"] is None


def test_a_folder_with_nothing_readable_says_so(workspace: Workspace) -> None:
    for path in list(workspace.texts.rglob("*.*")):
        path.write_bytes(b"")
    assert workspace.refresh().read_nothing


def test_an_empty_folder_publishes_a_dataset_without_rows(workspace: Workspace) -> None:
    (workspace.root / "nothing").mkdir()
    outcome = workspace.refresh(folders=(workspace.root / "nothing",))
    assert outcome.status.documents == 0
    assert not outcome.read_nothing


def test_a_failed_check_keeps_the_last_good_file(workspace: Workspace) -> None:
    workspace.refresh()
    before = workspace.file.read_bytes()
    write_texts(workspace.texts, {"new.txt": "A new text\n\nIt says little."})
    with pytest.raises(CheckFailedError, match=r"last good file stays; .*no_documents \(4 rows: Never holds"):
        workspace.refresh(checks=failing_checks(workspace.root / "checks"))
    assert workspace.file.read_bytes() == before
    assert workspace.refresh().status.documents == len(TEXTS) + 1


def test_a_failed_check_shows_in_dagster_and_leaves_the_warehouse_unmaterialized(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    result = run_job(workspace, instance, failing_checks(workspace.root / "checks"))
    assert not result.success
    failed = {check.check_name: check for check in result.get_asset_check_evaluations() if not check.passed}
    assert set(failed) == {"no_documents"}
    assert failed["no_documents"].metadata["violations"].value == len(TEXTS)
    assert instance.get_latest_materialization_event(dg.AssetKey("warehouse")) is None
    assert not workspace.file.exists()


def test_claims_that_were_lost_keep_the_warehouse_from_being_published(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    workspace.refresh()
    before = workspace.file.read_bytes()
    store = Store(workspace.store)
    with store.exclusive():
        index = store.claims.index().drop("segment")
        store.claims.add(index.with_columns(emitted=index["emitted"] + 1), {})
    result = run_job(workspace, instance)
    assert not result.success
    assert [c.check_name for c in result.get_asset_check_evaluations() if not c.passed] == ["nothing_was_lost"]
    assert workspace.file.read_bytes() == before
    assert ends(workspace)[1:] == [("failed_checks", "nothing_was_lost")]


def test_a_source_that_is_not_there_fails_alone_and_keeps_what_it_held(workspace: Workspace) -> None:
    write_texts(workspace.root / "more", {"more.txt": "More\n\nMore was written."})
    sources = workspace.declare(texts="texts", more="more")
    plan = {"folders": (), "sources_file": sources}
    workspace.refresh(**plan)
    (workspace.root / "more").rename(workspace.root / "gone")
    (workspace.texts / "port.md").unlink()
    outcome = workspace.refresh(**plan)
    assert list(outcome.failed_sources) == ["more"]
    assert workspace.file_names() == ["agreement.txt", "exports.txt", "more.txt"]


def test_a_source_that_fails_in_a_run_of_its_own_fails_no_refresh(workspace: Workspace) -> None:
    write_texts(workspace.root / "more", {"more.txt": "More\n\nMore was written."})
    plan = {"folders": (), "sources_file": workspace.declare(texts="texts", more="more")}
    workspace.refresh(**plan)
    (workspace.root / "more").rename(workspace.root / "gone")
    outcome = workspace.refresh(**plan, only=("more",))
    assert list(outcome.failed_sources) == ["more"]
    assert [status for status, _ in ends(workspace)] == ["published", "published"]
    assert workspace.file_names() == ["agreement.txt", "exports.txt", "more.txt", "port.md"]


def test_sources_none_of_which_is_there_publish_nothing(workspace: Workspace) -> None:
    workspace.refresh()
    before = workspace.file.read_bytes()
    with pytest.raises(UnreadSourcesError, match="nowhere"):
        workspace.refresh(folders=(), sources_file=workspace.declare(texts="nowhere"))
    assert workspace.file.read_bytes() == before


def test_a_source_that_is_declared_no_more_leaves(workspace: Workspace) -> None:
    write_texts(workspace.root / "more", {"more.txt": "More\n\nMore was written."})
    workspace.refresh(folders=(), sources_file=workspace.declare(texts="texts", more="more"))
    assert "more.txt" in workspace.file_names()
    workspace.refresh(folders=(), sources_file=workspace.declare(texts="texts"))
    assert workspace.file_names() == ["agreement.txt", "exports.txt", "port.md"]


def test_a_faulty_declaration_is_told_before_anything_runs(workspace: Workspace) -> None:
    with pytest.raises(SourceError, match="no such file"):
        workspace.refresh(folders=(), sources_file=workspace.root / "none.toml")
    assert not workspace.store.exists()


def test_a_second_writer_is_told_so_and_leaves(workspace: Workspace) -> None:
    workspace.refresh()
    before = workspace.file.read_bytes()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with Store(workspace.store).exclusive():
            held.set()
            done.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(60)
        with pytest.raises(LockHeldError, match=f"by process {os.getpid()}"):
            workspace.refresh()
    finally:
        done.set()
        holder.join()
    assert workspace.file.read_bytes() == before
    assert workspace.refresh().status.documents == len(TEXTS)


def test_a_reader_keeps_the_old_data_and_a_new_one_sees_the_new(workspace: Workspace) -> None:
    workspace.refresh()
    reader = duckdb.connect(":memory:")
    reader.execute(f"ATTACH '{workspace.file}' AS old (READ_ONLY)")
    (workspace.texts / "port.md").unlink()
    outcome = workspace.refresh()
    assert reader.execute("SELECT count(*) FROM old.documents").fetchall() == [(len(TEXTS),)]
    assert outcome.status.documents == len(TEXTS) - 1
    reader.close()


def breaking_on(name: str) -> Callable[[Document], Extraction]:
    def extract(document: Document) -> Extraction:
        if document.file_name == name:
            raise ZeroDivisionError("division by zero")
        return extract_claims(document)

    return extract


NOT_EXTRACTED = "SELECT uri, source, reason, detail FROM unreadable_documents"
WITH_CLAIMS = "SELECT DISTINCT file_name FROM documents JOIN claims USING (doc_id) ORDER BY ALL"


def test_a_text_that_breaks_the_extractor_is_told_and_the_others_are_published(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_texts(workspace.root / "more", {"more.txt": TEXTS["port.md"].replace("3.9", "4.1")})
    plan = {"folders": (), "sources_file": workspace.declare(texts="texts", more="more")}
    with monkeypatch.context() as patch:
        patch.setattr(batches, "extract_claims", breaking_on("port.md"))
        with pytest.raises(UnextractedTextsError, match=r"was published, but .* texts/port.md \(ZeroDivisionError: .*report"):
            workspace.refresh(**plan)
    assert workspace.rows(NOT_EXTRACTED) == [
        ("texts/port.md", "texts", "extraction_failed", "ZeroDivisionError: division by zero")
    ]
    assert workspace.rows(WITH_CLAIMS) == [("agreement.txt",), ("exports.txt",), ("more.txt",)]
    assert len(workspace.file_names()) == len(TEXTS) + 1
    assert workspace.rows("SELECT count(*) FROM extractions") == [(len(TEXTS),)]
    assert ends(workspace) == [("published", None)]
    # Tried again, alone, and mended.
    assert workspace.counted(**plan).done["extracting"] == 1
    assert workspace.rows(NOT_EXTRACTED) == []
    assert ("port.md",) in workspace.rows(WITH_CLAIMS)


def test_a_text_that_breaks_the_extractor_in_all_its_places_is_named_in_each(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_texts(workspace.texts, {"deep/port.md": TEXTS["port.md"]})
    monkeypatch.setattr(batches, "extract_claims", breaking_on("port.md"))
    for _ in range(2):
        with pytest.raises(UnextractedTextsError):
            workspace.refresh()
        latest = "SELECT max(refresh_id) FROM refreshes"
        rows = workspace.rows(f"SELECT uri, refresh_id = ({latest}) FROM unreadable_documents ORDER BY uri")
        assert rows == [("texts/deep/port.md", True), ("texts/port.md", True)]


def test_a_text_that_breaks_the_extractor_warns_in_dagster(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "extract_claims", breaking_on("port.md"))
    result = run_job(workspace, instance)
    assert result.success
    (failed,) = (check for check in result.get_asset_check_evaluations() if not check.passed)
    assert (failed.check_name, failed.severity) == ("texts_were_extracted", dg.AssetCheckSeverity.WARN)
    assert "port.md" in failed.metadata["texts"].value


def test_an_extractor_that_breaks_on_every_text_publishes_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: Document) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(batches, "extract_claims", broken)
    with pytest.raises(BrokenExtractorError, match=r"none of the 3 texts .* texts/.* \(ZeroDivisionError: division by zero\)"):
        workspace.refresh()
    assert not workspace.file.exists()


def test_a_text_that_breaks_the_reader_is_named(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(raw: RawText) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(batches, "read_document", broken)
    with pytest.raises(UnreadSourcesError, match=r"texts/.*: reading broke down on it: ZeroDivisionError: division by zero"):
        workspace.refresh()


def test_a_text_that_breaks_the_reader_keeps_no_other_from_being_read_and_is_tried_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = batches.read_document

    def broken(raw: RawText) -> Document | Unreadable:
        if raw.file_name == "port.md":
            raise ZeroDivisionError("division by zero")
        return read(raw)

    unreadable = "SELECT uri, reason, detail FROM unreadable_documents"
    with monkeypatch.context() as patch:
        patch.setattr(batches, "read_document", broken)
        for _ in range(2):
            workspace.refresh()
            assert workspace.file_names() == ["agreement.txt", "exports.txt"]
            told = "reading broke down on it: ZeroDivisionError: division by zero"
            assert workspace.rows(unreadable) == [("texts/port.md", "reading_broke", told)]
    workspace.refresh()
    assert workspace.rows(unreadable) == []
    assert len(workspace.file_names()) == 3


def test_a_pool_of_processes_gives_the_same_claims(workspace: Workspace) -> None:
    workspace.refresh()
    inline = workspace.rows("SELECT * FROM claims ORDER BY claim_id")
    pooled = Workspace(workspace.root)
    pooled.store, pooled.file = workspace.root / "store2", workspace.root / "pooled.duckdb"
    pooled.refresh(engine="pool", workers=2)
    assert pooled.rows("SELECT * FROM claims ORDER BY claim_id") == inline


def test_runs_show_counts_and_previews(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    assert run_job(workspace, instance).success
    documents = instance.get_latest_materialization_event(dg.AssetKey("documents"))
    warehouse = instance.get_latest_materialization_event(dg.AssetKey("warehouse"))
    assert documents is not None
    assert warehouse is not None
    of_documents = documents.asset_materialization.metadata  # type: ignore[union-attr]
    of_warehouse = warehouse.asset_materialization.metadata  # type: ignore[union-attr]
    assert of_documents["dagster/row_count"].value == len(TEXTS)
    assert "exports" in of_documents["preview"].value
    claims = instance.get_latest_materialization_event(dg.AssetKey("claims"))
    assert claims is not None
    assert "wheat" in claims.asset_materialization.metadata["preview of trade_claims"].value  # type: ignore[union-attr]
    assert of_warehouse["rows of documents"].value == len(TEXTS)
    assert of_warehouse["preview of claims"].value.startswith("| family")


def test_checks_on_documents_tell_what_could_not_be_read(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    (workspace.texts / "empty.txt").write_bytes(b"")
    result = run_job(workspace, instance)
    assert result.success
    found = {check.check_name: check for check in result.get_asset_check_evaluations()}
    assert found["sources_were_read"].passed
    assert not found["inputs_were_readable"].passed
    assert found["inputs_were_readable"].severity is dg.AssetCheckSeverity.WARN
    assert found["inputs_were_readable"].metadata["unreadable"].value == 1


def test_the_check_on_sources_fails_for_a_source_that_could_not_be_read(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    resources = {
        **workspace.resources(),
        "sources": SourcesResource(file=str(workspace.declare(texts="texts", other="nowhere"))),
    }
    job = build_definitions(resources).resolve_job_def("refresh")
    result = job.execute_in_process(instance=instance, tags=all_of(align_partitions(instance, ["texts", "other"])))
    failed = {check.check_name: check for check in result.get_asset_check_evaluations() if not check.passed}
    assert set(failed) == {"sources_were_read"}
    assert "other" in failed["sources_were_read"].metadata["failed"].value


def test_the_check_on_losses_warns_of_a_source_that_lost_most_of_its_documents(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    def losses() -> dg.AssetCheckEvaluation:
        result = run_job(workspace, instance)
        assert result.success
        (check,) = (c for c in result.get_asset_check_evaluations() if c.check_name == "sources_kept_their_documents")
        return check

    write_texts(workspace.texts, {"fourth.txt": "A fourth text\n\nIt says little."})
    assert losses().passed
    (workspace.texts / "fourth.txt").unlink()
    assert losses().passed
    write_texts(workspace.texts, {"fourth.txt": "A fourth text\n\nIt says little."})
    assert losses().passed
    for path in list(workspace.texts.rglob("*.txt")):
        path.unlink()
    check = losses()
    assert not check.passed
    assert check.severity is dg.AssetCheckSeverity.WARN
    assert "texts | 4 | 3" in check.metadata["sources"].value
    assert losses().passed


def ends(workspace: Workspace) -> list[tuple[str, str | None]]:
    """How the refreshes ended, oldest first, and why."""
    return [(row[0], row[1]) for row in Store(workspace.store).refreshes().select("status", "detail").iter_rows()]


def test_a_refresh_that_fails_is_logged_and_the_next_is_another(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document) -> None:
        raise ZeroDivisionError("division by zero")

    with monkeypatch.context() as patch:
        patch.setattr(batches, "extract_claims", broken)
        with pytest.raises(BrokenExtractorError):
            workspace.refresh()
    ((status, detail),) = ends(workspace)
    assert status == "failed"
    assert detail is not None
    assert "texts/" in detail
    with pytest.raises(CheckFailedError):
        workspace.refresh(checks=failing_checks(workspace.root / "checks"))
    workspace.refresh()
    assert [status for status, _ in ends(workspace)] == ["failed", "failed_checks", "published"]
    assert [end for (end,) in workspace.rows("SELECT status FROM refreshes ORDER BY started_at, refresh_id")] == [
        "failed",
        "failed_checks",
        "published",
    ]


def test_a_refresh_without_a_readable_source_is_logged(workspace: Workspace) -> None:
    with pytest.raises(UnreadSourcesError):
        workspace.refresh(folders=(), sources_file=workspace.declare(texts="nowhere"))
    assert [status for status, _ in ends(workspace)] == ["failed"]


def test_one_source_can_be_refreshed_alone(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    write_texts(workspace.root / "more", {"more.txt": "More\n\nMore was written."})
    resources = {**workspace.resources(), "sources": SourcesResource(file=str(workspace.declare(texts="texts", more="more")))}
    job = build_definitions(resources).resolve_job_def("refresh")
    align_partitions(instance, ["texts", "more"])
    assert job.execute_in_process(instance=instance, partition_key="more").success
    assert workspace.file_names() == ["more.txt"]
