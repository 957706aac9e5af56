"""What tells an address from a path of the file system. What lies at an address belongs to whoever reads it."""

import re
from pathlib import PurePath

# One letter before the colon is a drive. A single slash too: a path loses the second one, and so do hands.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_USER = re.compile(r":/.*@", re.DOTALL)


def is_address(place: str | PurePath) -> bool:
    """Whether a place is named as an address, such as `s3://BUCKET/PREFIX` or, mistyped, `s3:/BUCKET`; the rest are paths."""
    return _ADDRESS.match(str(place)) is not None


def without_password(place: str | PurePath) -> str:
    """How a place is told: of what may be a name and a password in an address only that it is there."""
    return _USER.sub("://...@", str(place)) if is_address(place) else str(place)
