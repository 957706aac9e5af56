"""Texts and stores made for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from pipeline.orchestration.progress import Progress
from pipeline.orchestration.resources import GoldResource, SourcesResource, StoreResource, WarehouseResource
from pipeline.orchestration.running import RefreshOutcome, RefreshPlan, run_refresh

TEXTS: Mapping[str, str] = {
    "exports.txt": """\
Kazakhstan sells more grain to Uzbekistan
Astana, 4 March 2025

Kazakhstan exported wheat worth $1.2 billion to Uzbekistan in 2024, the ministry of agriculture said.
""",
    "port.md": """\
Port of Aktau handles less
Published: 11 February 2025

The port of Aktau handled 3.9 million tons of cargo in 2024, down 6 percent.
""",
    "deep/agreement.txt": """\
Neighbours sign a transit agreement
Tashkent, 20 May 2025

Kyrgyzstan and Uzbekistan signed an agreement on transit by rail on 19 May 2025.
""",
}


def write_texts(folder: Path, texts: Mapping[str, str] = TEXTS) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@dataclass
class Steps:
    """Counts the texts worked on in each stage."""

    done: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int | None] = field(default_factory=dict)
    claims: int = 0
    _stage: str = ""

    def stage(self, name: str, total: int | None = None) -> None:
        self._stage = name
        self.done[name] = 0
        self.totals[name] = total

    def advance(self, steps: int, claims: int = 0) -> None:
        self.done[self._stage] += steps
        self.claims += claims


class Workspace:
    """A place to refresh in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.texts = root / "texts"
        self.store = root / "store"
        self.file = root / "published" / "corridor.duckdb"
        self.gold = root / "gold"  # without annotated texts unless a test writes some

    def plan(self, **changes: object) -> RefreshPlan:
        plan = RefreshPlan(folders=(self.texts,), store=self.store, warehouse=self.file, gold=(self.gold,))
        return replace(plan, **changes)  # type: ignore[arg-type]

    def refresh(self, **changes: object) -> RefreshOutcome:
        return run_refresh(self.plan(**changes))

    def counted(self, **changes: object) -> Steps:
        """Refreshes, and tells how many texts were worked on."""
        steps: Progress = Steps()
        self.refresh(progress=steps, **changes)
        assert isinstance(steps, Steps)
        return steps

    def resources(self) -> dict[str, object]:
        return {
            "sources": SourcesResource(folders=[str(self.texts)]),
            "store": StoreResource(folder=str(self.store)),
            "warehouse_file": WarehouseResource(file=str(self.file)),
            "gold": GoldResource(folders=[str(self.gold)]),
        }

    def declare(self, **folders: str) -> Path:
        """Writes a declaration of folder sources."""
        path = self.root / "sources.toml"
        blocks = [f'[[source]]\nname = "{name}"\nkind = "folder"\npath = "{folder}"\n' for name, folder in folders.items()]
        path.write_text("\n".join(blocks), encoding="utf-8")
        return path

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.file), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def file_names(self) -> list[object]:
        return [name for (name,) in self.rows("SELECT file_name FROM documents ORDER BY file_name")]
