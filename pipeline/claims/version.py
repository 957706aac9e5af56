"""The version of the extractor: what decides whether a document must be extracted anew.

It changes when the code or the reference data that extraction reads change, and only then.
"""

import hashlib
from functools import cache
from pathlib import Path

from pipeline import __version__
from pipeline.contract.reference import reference_path

_PACKAGES = ("contract", "documents", "language", "claims")
_DIGEST_BYTES = 6
# Reference data that judge results and make none: with them changed, every text would be extracted again for nothing.
_JUDGING = frozenset({"accuracy_floors.toml", "refresh_limits.toml"})
# Definitions and data of the tables that are made of claims; extraction reads none of them.
_ANSWERS = "analysis"


@cache
def extractor_version() -> str:
    """The version, such as `0.1.0+3f2a9c51b7de`: the release, and a hash of the code and reference data extraction reads.

    Read once a process, so that a run keeps one version even if files change under it.
    """
    package = Path(__file__).resolve().parents[1]
    sources = [path for name in _PACKAGES for path in (package / name).rglob("*.py") if path.parent.name != _ANSWERS]
    references = [path for path in reference_path("").rglob("*") if _is_read(path)]
    return f"{__version__}+{digest_of([*sources, *references])}"


def _is_read(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.name not in _JUDGING and path.parent.name != _ANSWERS


def digest_of(paths: list[Path]) -> str:
    """A short hash of the names and contents of files; the order of `paths` and their folders count for nothing."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for name, content in sorted((f"{path.parent.name}/{path.name}", path.read_bytes()) for path in paths):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
