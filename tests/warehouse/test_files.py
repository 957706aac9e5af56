"""Files that are whole or not there, where they cannot be written."""

import errno
from pathlib import Path

import pytest

from pipeline.warehouse.errors import UnwritableError
from pipeline.warehouse.files import write_text


def test_on_a_file_system_that_may_only_be_read_the_file_is_named_and_not_its_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(tmp_path / ".tmp"))

    monkeypatch.setattr(Path, "write_text", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    told = rf"^{tmp_path}/report.html cannot be written: Read-only file system; what was there before stays$"
    with pytest.raises(UnwritableError, match=told):
        write_text(tmp_path / "report.html", "page")
