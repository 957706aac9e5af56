import re

from pipeline.warehouse.carrying import REWRITTEN
from pipeline.warehouse.sql import statements

# What a refresh in which nothing changed writes anew; a page that is kept asks of it only these, for its moving parts and key.
MOVING = ("last_seen", *(table.name for table in REWRITTEN))
ASKED = {"corpus", "latest_changes", "documents_by_source", "not_read"}


def naming(kind: str, names: set[str]) -> set[str]:
    named = re.compile(rf"\b(?:{'|'.join(sorted(names))})\b")
    return {one.name for one in statements(kind) if named.search(one.sql)}


def test_only_what_moving_parts_ask_looks_at_what_moves() -> None:
    names = set(MOVING)
    while not (more := naming("views", names)) <= names:
        names |= more
    assert naming("report", names) == ASKED
