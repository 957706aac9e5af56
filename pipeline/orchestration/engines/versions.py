"""What code a process runs, so that two processes can tell whether they would make the same results."""

import platform
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pipeline
from pipeline.claims.version import digest_of, extractor_version

_MOST_NAMED = 3
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def running_versions() -> dict[str, str]:
    """What decides over results, by name: the extractor, all code of the project, Python, and the packages that the project
    needs.
    """
    code = [*Path(pipeline.__file__).parent.rglob("*.py")]
    return {
        "the extractor": extractor_version(),
        "the code of corridor": digest_of(code),
        "Python": platform.python_version(),
        **_packages(),
    }


def told_differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """How the versions of another process differ, in one line; empty if they do not."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    told = [f"{name} is {there.get(name, 'missing')} there, {here.get(name, 'missing')} here" for name in names[:_MOST_NAMED]]
    return "; ".join(told) + (f"; and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")


def _packages() -> dict[str, str]:
    try:
        needed = requires("corridor") or []
    except PackageNotFoundError:
        return {}
    # Those of extras have no say in results.
    names = sorted(found[0] for line in needed if "extra ==" not in line and (found := _NAME.match(line)))
    return {name: _version(name) for name in names}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
