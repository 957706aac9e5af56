"""README.md: every command that it shows runs, in the order shown, and gives the output shown.

    python -m tests.test_readme --update    writes the outputs anew

The commands run in a copy of the project. In the README, a block of `sh` is run, and a block of `text` after it is what it
prints; a block of `sql` under `<!-- FILE -->` is that file, and a block of `toml` under it is added to that file. `make dev` is
started, asked on loopback and stopped; `make test` and its like are not run from within themselves.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import click
import pytest

from pipeline.cli.command import corridor

PROJECT = Path(__file__).resolve().parents[1]
README = PROJECT / "README.md"
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "corridor.duckdb*", "store", "build", "dist")
SERVER = "make dev"
BLOCK = re.compile(r"(?:^<!-- (?P<file>\S+) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:corridor|make)(?: [^`\n]+)?)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)|(?:src|srcset|href)=\"(?!https?:|#)([^\"]+)\"")
SECONDS_TO_START = 120
SECONDS_TO_STOP = 30
# What differs from run to run, or with every change of the extractor that leaves its results alone.
VARYING = (
    (re.compile(r"\bin \d+\.\d s\b"), "in SECONDS"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "TIME"),
    (re.compile(r"\b\d{8}T\d{6}-\d+\b"), "REFRESH"),
    (re.compile(r"\+[0-9a-f]{12}\b"), "+VERSION"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
)


class Block(NamedTuple):
    """A fenced block; `start` and `end` are the place of its body in the README."""

    kind: str
    body: str
    file: str | None
    start: int
    end: int


def blocks(readme: str) -> list[Block]:
    return [
        Block(found["kind"], found["body"], found["file"], found.start("body"), found.end("body"))
        for found in BLOCK.finditer(readme)
    ]


def normal(output: str) -> str:
    for pattern, name in VARYING:
        output = pattern.sub(name, output)
    return output.strip("\n")


class Workplace:
    """A copy of the project with an environment in which its commands are the copy's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "corridor"
        shutil.copytree(PROJECT, self.folder, ignore=NOT_COPIED)
        commands = self.folder / ".venv" / "bin"
        commands.mkdir(parents=True)
        interpreter = Path(sys.executable)
        for name, command in {
            "python": f'"{interpreter}"',
            "corridor": f'"{interpreter}" -m pipeline.cli',
            "dg": f'"{interpreter.with_name("dg")}"',
        }.items():
            path = commands / name
            path.write_text(f'#!/bin/sh\nPYTHONPATH="{self.folder}" exec {command} "$@"\n', encoding="utf-8")
            path.chmod(0o755)
        (commands / "activate").write_text(f'PATH="{commands}:$PATH"\n', encoding="utf-8")
        (self.folder / ".venv" / ".ready").touch()
        ours = ("MAKE", "MFLAGS", "DAGSTER_", "PYTHON", "VIRTUAL_ENV", "COLUMNS")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.environment |= {
            "PATH": f"{commands}{os.pathsep}{interpreter.parent}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "DAGSTER_DISABLE_TELEMETRY": "1",
        }

    def run(self, commands: str) -> str:
        """What the shell prints. Raises `AssertionError` with its complaints if it fails."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def serve(self) -> None:
        """Starts the server, waits for its answer on loopback, and stops it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with (self.folder / "server.log").open("w+", encoding="utf-8") as log:
            server = subprocess.Popen(
                [*SERVER.split(), f"PORT={port}"],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                answered = _answers(f"http://127.0.0.1:{port}/server_info", server)
            finally:
                _stop(server)
            log.seek(0)
            assert answered, log.read()[-4000:]

    def outputs(self, readme: str) -> Iterator[tuple[Block, str]]:
        """Runs the blocks in their order; yields each block that shows something with what it should show."""
        printed = ""
        for block in blocks(readme):
            if block.kind == "sh" and block.body.strip() == SERVER:
                self.serve()
            elif block.kind == "sh":
                printed = self.run(block.body)
            elif block.kind == "text":
                yield block, printed
            elif block.kind == "sql" and block.file:
                yield block, (PROJECT / block.file).read_text(encoding="utf-8")
            elif block.kind == "toml" and block.file:
                with (self.folder / block.file).open("a", encoding="utf-8") as declaration:
                    declaration.write(f"\n{block.body}")


def _answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.3)
    return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ends the server with all that it started."""
    for how in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(server.pid, how)
            server.wait(SECONDS_TO_STOP)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def regenerated(readme: str, folder: Path) -> str:
    """The README with what its commands print now; what differs only from run to run stays."""
    shown = list(Workplace(folder).outputs(readme))
    for block, output in reversed(shown):
        if normal(block.body) != normal(output):
            text = re.sub(r"[ \t]+$", "", output, flags=re.MULTILINE).strip("\n")
            readme = f"{readme[: block.start]}{text}\n{readme[block.end :]}"
    return readme


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_every_command_runs_and_prints_what_is_shown(readme: str, tmp_path: Path) -> None:
    shown = list(Workplace(tmp_path).outputs(readme))
    assert len(shown) >= 5
    for block, output in shown:
        assert normal(block.body) == normal(output), "the README is not current: run python -m tests.test_readme --update"


def test_a_command_that_fails_is_found(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no file"):
        list(Workplace(tmp_path).outputs("```sh\necho no file >&2; cat none.txt | head -1\n```\n"))


def test_an_output_that_is_not_current_is_written_anew(tmp_path: Path) -> None:
    text = "Said:\n\n```sh\necho one; echo 'done in 2.5 s'\n```\n\n```text\n{}\n```\nEnd.\n"
    changed = regenerated(text.format("two\ndone in 9.1 s"), tmp_path)
    assert changed == text.format("one\ndone in 2.5 s")
    (tmp_path / "more").mkdir()
    assert regenerated(text.format("one\ndone in 9.1 s"), tmp_path / "more") == text.format("one\ndone in 9.1 s")


def test_every_command_and_option_that_is_named_exists(readme: str) -> None:
    context = click.Context(corridor)
    targets = _targets()
    for named in INLINE.findall(readme):
        program, *words = named.split()
        if program == "make":
            assert not words or words[0] in targets, named
        elif words and not words[0].startswith("-"):
            command = corridor.get_command(context, words[0])
            assert command is not None, named
            known = {option for parameter in command.params for option in parameter.opts}
            assert set(re.findall(r"--[a-z]+", named)) <= known, named


def test_every_command_and_target_is_named(readme: str) -> None:
    named = [" ".join(command.split()[:2]) for command in INLINE.findall(readme)]
    commands = [f"corridor {name}" for name in corridor.list_commands(click.Context(corridor))]
    missing = {*commands, *(f"make {target}" for target in _targets())} - set(named)
    assert not missing


@pytest.mark.parametrize(
    ("target", "command"),
    [
        ("refresh", "corridor refresh"),
        ("test", "python -m pytest"),
        ("check", "ruff check"),
        ("dev", "dg dev --host 127.0.0.1"),
        ("bench", "python -m benchmarks.run"),
        ("bench-short", "python -m benchmarks.run --short"),
    ],
)
def test_targets_do_what_is_said_of_them(target: str, command: str, tmp_path: Path) -> None:
    assert command in Workplace(tmp_path).run(f"make --dry-run {target}")


def test_links_lead_somewhere_and_pictures_are_small(readme: str) -> None:
    targets = [PROJECT / (link or source) for link, source in LINK.findall(readme)]
    assert targets
    for target in targets:
        assert target.exists(), target
        if target.suffix == ".svg":
            ET.parse(target)
        if target.suffix in {".svg", ".png"}:
            assert target.stat().st_size < 200_000


def _targets() -> list[str]:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)


def main() -> None:
    options = argparse.ArgumentParser(description="Runs the commands of README.md and writes their outputs into it.")
    options.add_argument("--update", action="store_true", required=True)
    options.parse_args()
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        changed = regenerated(text, Path(folder))
    README.write_text(changed, encoding="utf-8")
    print("README.md is as it was" if changed == text else "README.md has new outputs")


if __name__ == "__main__":
    main()
