"""The units of systemd hold what `deploy/README.md` says of them, and its commands back up and restore what they say."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from pipeline.warehouse import lock
from pipeline.warehouse.store import Store
from pipeline.warehouse.volume import accepting

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
LASTING = {"corridor-code.service", "corridor-daemon.service", "corridor-ui.service"}
MOST_EXPOSED = 2.0  # of ten; systemd calls less than 2.5 OK, and a service without any of this 9.6

with_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")


def settings(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        name, given, value = line.partition("=")
        if given and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def installed(unit: Path, folder: Path, **changes: str) -> Path:
    """The units as they would lie on a machine, with programs that are there in place of those of /opt/corridor."""
    programs = folder / "bin"
    programs.mkdir()
    for name in ("dagster", "dagster-daemon", "dagster-webserver", "python", "corridor"):
        (programs / name).write_text("#!/bin/sh\n", encoding="ascii")
        (programs / name).chmod(0o755)
    for one in UNITS:
        text = one.read_text(encoding="utf-8").replace("/opt/corridor/.venv/bin", str(programs))
        for old, new in changes.items():
            text = re.sub(rf"^{old}=.*$", f"{old}={new}", text, flags=re.MULTILINE)
        (folder / one.name).write_text(text, encoding="utf-8")
    return folder / unit.name


def analyze(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "SYSTEMD_COLORS": "0"})


@with_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_takes(unit: Path, tmp_path: Path) -> None:
    done = analyze("verify", "--man=no", installed(unit, tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


@with_systemd
def test_a_unit_that_systemd_does_not_take_is_found(tmp_path: Path) -> None:
    done = analyze("verify", "--man=no", installed(UNITS[0], tmp_path, Restart="sometimes", ProtectSystem="somewhat"))
    assert "Failed to parse" in done.stderr


@with_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_hardly_exposed(unit: Path, tmp_path: Path) -> None:
    done = analyze("security", "--offline=true", installed(unit, tmp_path))
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert found is not None, done.stderr
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_every_service_is_fenced_in(unit: Path) -> None:
    found = settings(unit)
    for name, value in {
        "User": "corridor",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
    }.items():
        assert found[name] == [value], name
    assert found.get("ReadWritePaths", ["/var/lib/corridor"]) == ["/var/lib/corridor"]
    assert found["MemoryMax"]
    if unit.name in LASTING:
        assert found["Restart"][0] in ("on-failure", "always")
        assert found["OnFailure"] == ["corridor-failed@%n.service"]


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.stem != "corridor-failed@"], ids=lambda unit: unit.name)
def test_every_unit_tells_when_it_fails(unit: Path) -> None:
    assert settings(unit)["OnFailure"] == ["corridor-failed@%n.service"]


def test_only_the_code_and_the_alert_hold_secrets_and_reach_the_network() -> None:
    for unit in SERVICES:
        found = settings(unit)
        open_to_the_world = unit.name in ("corridor-code.service", "corridor-failed@.service")
        assert ("EnvironmentFile" in found) is open_to_the_world, unit.name
        assert ("IPAddressDeny" not in found) is open_to_the_world, unit.name


def test_the_ui_listens_on_loopback_only() -> None:
    found = settings(DEPLOY / "systemd" / "corridor-ui.service")
    assert "--host 127.0.0.1 " in found["ExecStart"][0]
    assert found["IPAddressAllow"] == ["localhost"]


def test_the_daemon_and_the_ui_find_the_code_where_it_listens() -> None:
    (location,) = yaml.safe_load((DEPLOY / "workspace.yaml").read_text(encoding="utf-8"))["load_from"]
    (start,) = settings(DEPLOY / "systemd" / "corridor-code.service")["ExecStart"]
    assert f"--socket {location['grpc_server']['socket']}" in start
    for name in ("corridor-daemon.service", "corridor-ui.service"):
        assert "--workspace /opt/corridor/deploy/workspace.yaml" in settings(DEPLOY / "systemd" / name)["ExecStart"][0]


def test_the_page_names_every_unit_and_every_alert() -> None:
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for unit in UNITS:
        assert unit.stem in page, unit.name
    for words in ("cannot be read", "was held back", "broke down", "is out of date", "is faulty", "last refresh failed"):
        assert words in page
    assert accepting("NAME") in page
    assert accepting("reports") in (DEPLOY.parent / "README.md").read_text(encoding="utf-8")


def commands(name: str, root: Path) -> str:
    """A block of commands of the page, on folders made for the test."""
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"<!-- tested: {name} -->\n```sh\n(.*?)```", page, re.DOTALL)
    return found.replace("/var/lib/corridor", str(root / "lib")).replace("/var/backups", str(root / "backups"))


def run(name: str, root: Path, **programs: str) -> int:
    """The exit status, under a shell that goes on after errors, as cron's does; `programs` take the place of the machine's."""
    (root / "bin").mkdir(exist_ok=True)
    for program, script in {"chown": "", **programs}.items():  # there is no such user here
        (root / "bin" / program).write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
        (root / "bin" / program).chmod(0o755)
    environment = {**os.environ, "PATH": f"{root / 'bin'}:{os.environ['PATH']}"}
    try:
        return subprocess.run(["sh", "-c", commands(name, root)], check=False, env=environment, timeout=60).returncode
    finally:
        for program in programs:
            (root / "bin" / program).unlink()


with_archives = pytest.mark.skipif(
    any(shutil.which(name) is None for name in ("flock", "tar", "zstd")), reason="flock, tar or zstd is missing"
)


@with_archives
def test_what_breaks_off_leaves_the_last_good_backup_and_the_store(tmp_path: Path) -> None:
    library, backup = tmp_path / "lib", tmp_path / "backups" / "corridor.tar.zst"
    held = library / "warehouse" / "store" / "text"
    for folder in (library / "seeds", library / "dagster", held.parent, backup.parent):
        folder.mkdir(parents=True)
    (library / "dagster" / "dagster.yaml").write_text("", encoding="utf-8")
    held.write_text("good", encoding="utf-8")
    assert run("backup", tmp_path) == 0
    good = backup.read_bytes()
    new = f"{backup}.new"
    for broken in (f"echo half > {new}; exit 2", f"echo half > {new}"):  # a full disk, told and untold
        assert run("backup", tmp_path, tar=broken) != 0
        assert backup.read_bytes() == good
    (tmp_path / "lib").rename(tmp_path / "elsewhere")
    assert run("backup", tmp_path) != 0
    assert backup.read_bytes() == good
    (tmp_path / "elsewhere").rename(tmp_path / "lib")
    empty = subprocess.run(["zstd", "-q", "-c"], input=b"", capture_output=True, check=True).stdout
    for content in (good[: len(good) // 2], empty):
        backup.write_bytes(content)
        assert run("restore", tmp_path) != 0
        assert held.read_text(encoding="utf-8") == "good"
    backup.unlink()
    assert run("restore", tmp_path) != 0
    assert held.read_text(encoding="utf-8") == "good"


@with_archives
def test_a_backup_waits_for_the_writer_and_is_restored_as_it_was(tmp_path: Path) -> None:
    library = tmp_path / "lib"
    for folder in ("seeds", "warehouse/store/documents", "dagster"):
        (library / folder).mkdir(parents=True)
    (tmp_path / "backups").mkdir()
    for name in ("seeds/sources.toml", "warehouse/store/documents/1", "warehouse/corridor.duckdb", "dagster/dagster.yaml"):
        (library / name).write_text("half", encoding="utf-8")
    store = Store(library / "warehouse" / "store")
    (store.place.folder / "format.json").write_text('{"format": 1}', encoding="utf-8")
    with lock.exclusive(store.place.folder / "lock", "the store"):
        writing = subprocess.Popen(["sh", "-c", commands("backup", tmp_path)])
        with pytest.raises(subprocess.TimeoutExpired):
            writing.wait(0.5)
        (store.place.folder / "documents" / "1").write_text("whole", encoding="utf-8")
    assert writing.wait(60) == 0
    (store.place.folder / "documents" / "1").write_text("lost", encoding="utf-8")
    (library / "warehouse" / "stray").write_text("of later", encoding="utf-8")
    assert run("restore", tmp_path) == 0
    assert (store.place.folder / "documents" / "1").read_text(encoding="utf-8") == "whole"
    assert not (library / "warehouse" / "stray").exists()
    assert "systemctl stop" in commands("stop", tmp_path)
    assert "systemctl start" in commands("start", tmp_path)


def test_the_command_works_with_what_the_services_are_told(tmp_path: Path) -> None:
    """The address of the store among it: a refresh by hand on another store than theirs would publish another dataset."""
    (tmp_path / "sudo").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="ascii")
    (tmp_path / "sudo").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["sh", str(DEPLOY / "corridor"), "status", "--sources", "two words"]
    told = subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout.splitlines()
    (code,) = [settings(unit) for unit in SERVICES if unit.name == "corridor-code.service"]
    assert told[0] == "systemd-run"
    assert f"--property=EnvironmentFile={code['EnvironmentFile'][0]}" in told
    assert f"--property=WorkingDirectory={code['WorkingDirectory'][0]}" in told
    assert f"--uid={code['User'][0]}" in told
    assert f"--setenv={code['Environment'][0]}" in told
    assert told[-4:] == ["/opt/corridor/.venv/bin/corridor", "status", "--sources", "two words"]


def test_what_the_page_says_can_be_set_is_shown_where_it_is_set() -> None:
    page, example = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("README.md", "environment.example"))
    for name in set(re.findall(r"\bCORRIDOR_[A-Z]+", page)):
        assert re.search(rf"^#?{name}=", example, re.MULTILINE), name
    assert "CORRIDOR_STORE=s3://BUCKET/PREFIX" in page
    assert "CORRIDOR_STORE=s3://BUCKET/PREFIX" in example
