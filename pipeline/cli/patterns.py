"""Keeps compiled patterns from one run of a command to the next: compiling them takes far longer than reading a text with them.

Python keeps what it compiles of modules, and nothing of patterns. What its `re` makes of a pattern is a list of numbers; here
these go into a file in the user's cache folder, which bears the name of the one build of Python that they are good for. Only
numbers are read back, by the very pattern that they were made of, and the interpreter proves them before it takes them. Where
the file is missing, damaged or cannot be written, or where Python has another `re` than the ones known here, patterns are
compiled as ever.
"""

import hashlib
import importlib
import json
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = "CORRIDOR_CACHE"
"""The variable that names another folder than the user's cache folder; with an empty one nothing is kept."""
MOST_PATTERNS = 4096
"""A few times what one version needs: those of other versions stay until there are so many."""
_DIGEST_BYTES = 16

_Key = tuple[str, int]
_Compile = Callable[..., re.Pattern[Any]]


class _Program(NamedTuple):
    """What `re` makes of a pattern: its flags, the number of its groups, the numbers of those with names, and its code."""

    flags: int
    groups: int
    names: dict[str, int]
    code: memoryview


@contextmanager
def kept_patterns() -> Iterator[None]:
    """As long as it lasts, patterns that an earlier run compiled are taken from the file; what is new goes into it."""
    folder = _folder()
    try:
        compiler, sre = importlib.import_module("re._compiler"), importlib.import_module("_sre")
        path = (
            folder / f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sre.MAGIC}-{sys.byteorder}"
            if folder
            else None
        )
        whole: _Compile = compiler.compile
    except (ImportError, AttributeError):
        path = None
    if path is None:
        yield
        return
    patterns = _Patterns(whole, compiler, sre, _read(path))
    compiler.compile = patterns.compile  # type: ignore[attr-defined]
    try:
        yield
    finally:
        compiler.compile = whole  # type: ignore[attr-defined]
        if patterns.has_new:
            _write(path, patterns.to_keep())


class _Patterns:
    """Compiles as `re` does, but takes what is known."""

    def __init__(self, whole: _Compile, compiler: Any, sre: Any, known: dict[_Key, _Program]) -> None:
        self._whole = whole
        self._compiler = compiler
        self._sre = sre
        self._known = known
        self._used: dict[_Key, _Program] = {}
        self.has_new = False

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """The pattern, compiled; stands in for the function of `re` of that name, and raises what that raises."""
        if not isinstance(pattern, str) or flags & re.DEBUG:
            return self._whole(pattern, flags)
        key = (pattern, int(flags))
        try:
            program = self._known.get(key) or self._made(*key)
            compiled = self._loaded(pattern, program)
        except (AttributeError, TypeError, RuntimeError):
            # Another `re` than was foreseen, or code that it takes for none.
            return self._whole(pattern, flags)
        self._used[key] = program
        return compiled

    def to_keep(self) -> dict[_Key, _Program]:
        """What this run used and, while there is room, what others did."""
        every = self._known | self._used
        return every if len(every) <= MOST_PATTERNS else self._used

    def _made(self, pattern: str, flags: int) -> _Program:
        parsed = self._compiler._parser.parse(pattern, flags)
        code = memoryview(array("I", self._compiler._code(parsed, flags)))
        self.has_new = True
        return _Program(flags | parsed.state.flags, parsed.state.groups - 1, dict(parsed.state.groupdict), code)

    def _loaded(self, pattern: str, program: _Program) -> re.Pattern[str]:
        names: list[str | None] = [None] * (program.groups + 1)
        for name, number in program.names.items():
            names[number] = name
        compiled: re.Pattern[str] = self._sre.compile(
            pattern, program.flags, program.code.tolist(), program.groups, program.names, tuple(names)
        )
        return compiled


def _folder() -> Path | None:
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    import platformdirs  # noqa: PLC0415 - only when it is asked

    with suppress(RuntimeError):  # a user without a home
        return platformdirs.user_cache_path("corridor")
    return None


def _read(path: Path) -> dict[_Key, _Program]:
    """The programs of a file; none of one that is missing or not as it was written."""
    try:
        content = path.read_bytes()
        digest, rest = content[:_DIGEST_BYTES], memoryview(content)[_DIGEST_BYTES:]
        if digest != _digest(rest):
            return {}
        end = content.index(b"\n", _DIGEST_BYTES) - _DIGEST_BYTES
        codes = rest[end + 1 :].cast("I")
        found, at = {}, 0
        for pattern, flags, own_flags, groups, names, size in json.loads(bytes(rest[:end])):
            found[pattern, flags] = _Program(own_flags, groups, names, codes[at : at + size])
            at += size
    except (OSError, ValueError, TypeError):
        return {}
    return found


def _write(path: Path, programs: dict[_Key, _Program]) -> None:
    """Puts a new file in the place of the one before, whole or not at all; where that cannot be, nothing is kept."""
    head = [(*key, made.flags, made.groups, made.names, len(made.code)) for key, made in programs.items()]
    body = json.dumps(head).encode("ascii") + b"\n" + b"".join(made.code for made in programs.values())
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            new.write_bytes(_digest(body) + body)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
