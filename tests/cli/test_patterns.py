"""Patterns that are kept between runs are those that Python would compile; without a sound file it compiles them."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cli import patterns
from pipeline.cli.patterns import FOLDER, kept_patterns

SOURCES: list[tuple[str, int]] = [
    ("", 0),
    (r"(?P<year>(?:19|20)\d\d)(?![\d%])", 0),
    (r"(?<![^\W_])(?P<sign>[+-])?(?P<digits>\d{1,3}(?:,\d{3})*)(?P=sign)?", re.IGNORECASE),
    ("İstanbul|straße|[а-я]+|🚂", re.IGNORECASE),
    (r"(?i:the\s){0,3}?(?:a(?:n|gainst)?|b(?:e(?:fore|hind)|y))\b", re.MULTILINE | re.DOTALL),
    (r"^ (a) | (b) # either", re.VERBOSE),
    (r"(?s-i:.)(?>a+)b++", 0),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(FOLDER, str(tmp_path / "kept"))
    re.purge()
    yield tmp_path / "kept"
    re.purge()


def compiled() -> list[re.Pattern[str]]:
    re.purge()
    with kept_patterns():
        return [re.compile(*source) for source in SOURCES]


def plain() -> list[re.Pattern[str]]:
    re.purge()
    return [re.compile(*source) for source in SOURCES]


def test_what_is_kept_is_what_python_compiles(folder: Path) -> None:
    assert compiled() == plain()
    (file,) = folder.iterdir()
    before = file.stat().st_mtime_ns, file.read_bytes()
    kept = compiled()
    assert kept == plain()
    assert [one.groupindex for one in kept] == [one.groupindex for one in plain()]
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_what_is_kept_is_not_compiled_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled()
    monkeypatch.setattr(import_module("re._parser"), "parse", lambda *_: pytest.fail("compiled again"))
    match = compiled()[1].search("in 2023")
    assert match is not None
    assert match["year"] == "2023"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("ab|()?*[]^\\d.{1,2}:<!=P>n"), max_size=12), max_size=6))
def test_any_pattern_is_kept_or_refused_as_python_does(folder: Path, sources: list[str]) -> None:
    def outcome(source: str) -> re.Pattern[str] | str:
        re.purge()
        try:
            return re.compile(source)
        except (re.error, OverflowError) as error:
            return str(error)

    expected = [outcome(source) for source in sources]
    for _ in range(2):
        with kept_patterns():
            assert [outcome(source) for source in sources] == expected


@pytest.mark.parametrize(
    "damage", [lambda content: content[:-4], lambda content: content[:40] + b"x" + content[41:], lambda _: b""]
)
def test_a_damaged_file_is_made_anew(folder: Path, damage: object) -> None:
    compiled()
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator]
    assert compiled() == plain()
    assert file.read_bytes() == whole


def test_code_that_the_interpreter_refuses_is_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        patterns, "_read", lambda _: {SOURCES[1]: patterns._Program(32, 1, {"year": 1}, memoryview(b"\0\0\0\xff").cast("I"))}
    )
    assert compiled() == plain()


@pytest.mark.parametrize("where", ["", "/dev/null/none"])
def test_where_nothing_can_be_kept_patterns_are_compiled(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, where)
    assert compiled() == plain()


def test_only_so_many_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "MOST_PATTERNS", len(SOURCES))
    compiled()
    re.purge()
    with kept_patterns():
        re.compile("one more")
    (file,) = folder.iterdir()
    assert [pattern for pattern, _ in patterns._read(file)] == ["one more"]


def test_the_compiler_is_python_s_own_again_even_after_an_error(folder: Path) -> None:
    compiler = import_module("re._compiler")
    own = compiler.compile
    with pytest.raises(re.error), kept_patterns():
        re.compile("(")
    assert compiler.compile is own
