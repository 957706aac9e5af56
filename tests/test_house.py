"""The house keeps its rules: imports point one way, and lint and format find nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [("lint-imports", "--no-cache"), ("ruff", "check", "--no-cache", "."), ("ruff", "format", "--no-cache", "--check", ".")],
    ids=" ".join,
)
def test_a_check_of_the_house_finds_nothing(command: tuple[str, ...]) -> None:
    program, *options = command
    result = subprocess.run([TOOLS / program, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_an_import_against_the_layers_is_found(tmp_path: Path) -> None:
    package = tmp_path / "pipeline"
    for folder, line in {"": "", "contract": "import pipeline.cli\n", "cli": ""}.items():
        (package / folder).mkdir(exist_ok=True, parents=True)
        (package / folder / "__init__.py").write_text(line, encoding="utf-8")
    rules = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = rules[
        rules.index("[tool.importlinter]") : rules.index("[[tool.importlinter.contracts]]", rules.index("layers = ["))
    ]
    present = layers.replace(
        '"orchestration", "report", "warehouse | evaluation", "claims", "language", "documents", "sources", ', ""
    )
    (tmp_path / "pyproject.toml").write_text(present, encoding="utf-8")
    result = subprocess.run([TOOLS / "lint-imports", "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "pipeline.contract is not allowed to import pipeline.cli" in result.stdout
