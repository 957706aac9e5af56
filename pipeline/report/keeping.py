"""The page that lies there, kept where it would come out the same: only what tells when things were read is put in anew.

A page names in its last line what it was made from, and what it is itself, so that one of another dataset and one that was
changed by hand is made anew; that guards against accidents, not against forgery. Which parts move is decided in `page`;
drawings are kept one by one by `drawings`.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import duckdb
from markupsafe import Markup

from pipeline.claims.version import digest_of
from pipeline.contract.tables import DATASET
from pipeline.report.questions import Questions, Row
from pipeline.warehouse.carrying import made_by

_DIGEST_BYTES = 16
_LARGEST_PAGE = 50_000_000  # bytes; what is larger is none of ours
_SEAL = re.compile(r"\n<!-- made from ([0-9a-f]{32}) with (\d+) notes: ([0-9a-f]{32}) -->\n\Z")
# No text of a page can hold these: in what is told, every < is written otherwise.
_MOVING = re.compile(r"(<!-- moving (\w+) -->).*?(<!-- moved -->)", re.DOTALL)
_SHOWN_WITH = ("altair", "vl-convert-python", "jinja2", "markupsafe")
# Told by moving parts alone.
_OF_MOVING_PARTS = frozenset({"finished_at", "refresh_id", "unreadable"})


class KeptPage(NamedTuple):
    """A page that would come out the same but for its moving parts, and how many notes it cites."""

    text: str
    notes: int


def moving(name: str, part: str) -> Markup:
    """A part of a page, marked so that it can be exchanged."""
    return Markup(f"<!-- moving {name} -->{part}<!-- moved -->")


def exchanged(page: str, parts: Mapping[str, str]) -> str:
    """A page with its moving parts as they are now."""
    return _MOVING.sub(lambda found: f"{found[1]}{parts[found[2]]}{found[3]}", page)


def made_from(connection: duckdb.DuckDBPyConnection, questions: Questions) -> str | None:
    """A hash of all that a page about the open file is made from but its moving parts; None if the file does not tell."""
    try:
        rows = connection.execute(f"SELECT made_from, schema_version, store FROM {DATASET.name}").fetchall()
    except duckdb.Error:
        return None
    if len(rows) != 1 or rows[0][0] is None:
        return None
    held: Row = {name: value for name, value in questions.one("corpus").items() if name not in _OF_MOVING_PARTS}
    changed = [{name: value for name, value in row.items() if name != "is_latest"} for row in questions.ask("latest_changes")]
    return _digest(f"{made_by()}\0{_shown_by()}\0{rows[0]!r}\0{held!r}\0{changed!r}")


def sealed(page: str, key: str | None, notes: int) -> str:
    """The page, with what it was made from in its last line; as it is if that is not known."""
    return page if key is None else f"{page}\n<!-- made from {key} with {notes} notes: {_digest(_fixed(page))} -->\n"


def kept_page(path: Path, key: str | None) -> KeptPage | None:
    """The page at a path without its last line, if it was made from just that and is as it was made."""
    try:
        if key is None or not path.is_file() or path.stat().st_size > _LARGEST_PAGE:
            return None
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    seal = _SEAL.search(text)
    if seal is None or seal[1] != key:
        return None
    page = text[: seal.start()]
    return KeptPage(page, int(seal[2])) if _digest(_fixed(page)) == seal[3] else None


def _fixed(page: str) -> str:
    return _MOVING.sub(r"\1\3", page)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


@cache
def _shown_by() -> str:
    """What makes pages of answers: a hash of this package, with the versions of the libraries."""
    package = Path(__file__).parent
    code = [path for path in package.rglob("*") if path.suffix in (".py", ".html", ".css")]
    return f"{digest_of(code)} {','.join(f'{name} {version(name)}' for name in _SHOWN_WITH)}"
