"""What the assets work with: declared sources, the store, the published file, an engine.

A resource holds settings and opens things; what is done with them belongs to the assets.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from pipeline.contract.reference import seeds_folder
from pipeline.orchestration import engines
from pipeline.orchestration.crons import require_taken
from pipeline.orchestration.engines.dispatch import EngineError
from pipeline.sources.declared import SOURCES_FILE, Declaration, folder_sources, load_declarations
from pipeline.sources.source import Source
from pipeline.warehouse.default_sources import default_sources_file
from pipeline.warehouse.default_store import default_store
from pipeline.warehouse.refreshing import Engine
from pipeline.warehouse.store import Store

WAREHOUSE_FILE = Path("warehouse/corridor.duckdb")


def default_gold_folder() -> Path:
    """`tests/gold` of the checkout; a package that was installed comes without it."""
    return seeds_folder().parent / "tests" / "gold"


class SourcesResource(dg.ConfigurableResource[None]):
    """The sources that a file declares or, where given, folders in their place. Empty `file` means the default one,
    which `store` has a say in: a store that holds more than the demonstration is not given that in place of a missing file.
    Empty `store` means the default one, as for `StoreResource`.

    With `offline`, sources on the network fetch nothing and give what is kept of them.
    """

    file: str = ""
    folders: list[str] = []  # noqa: RUF012 - settings are copied for each resource
    offline: bool = False
    store: str = ""

    def declared(self) -> list[Source]:
        """The sources in the order of their declaration, read anew each time. Raises `SourceError`."""
        return [one.source for one in self.declarations()]

    def declarations(self) -> list[Declaration]:
        """The same, each with what is declared about running it."""
        if self.folders:
            return [Declaration(source) for source in folder_sources(Path(folder) for folder in self.folders)]
        file = Path(self.file) if self.file else default_sources_file(Store(self.store or default_store()))
        return load_declarations(file, offline=self.offline, require_taken=require_taken)

    @property
    def path(self) -> Path:
        """The file that is to declare the sources, be it there or not."""
        return Path(self.file) if self.file else SOURCES_FILE


class StoreResource(dg.ConfigurableResource[Store]):
    """The store in a folder, or at `s3://BUCKET/PREFIX`, held against every other writer for as long as a run lasts. Empty
    `folder` means where CORRIDOR_STORE says, or `warehouse/store`.

    A run that finds another writer there waits for `wait_seconds`, and then fails with `LockHeldError`.
    """

    folder: str = ""
    wait_seconds: float = 0

    @contextmanager
    def yield_for_execution(self, _context: dg.InitResourceContext) -> Iterator[Store]:
        """The store, locked."""
        store = Store(self.folder or default_store())
        with store.exclusive(self.wait_seconds):
            yield store


class StoreViewResource(dg.ConfigurableResource[None]):
    """The store, to look at: it keeps no writer out, and none keeps it out. Empty `folder` means as for `StoreResource`."""

    folder: str = ""

    def store(self) -> Store:
        """The store, not locked."""
        return Store(self.folder or default_store())


class EngineResource(dg.ConfigurableResource[Engine]):
    """Where batches are worked on. Without `name` it is what CORRIDOR_ENGINE names, or this process.

    `workers` counts processes or actors; 0 means as many as CORRIDOR_WORKERS says, or one for each processor. `ray` is the
    address of a Ray cluster; without one it is what RAY_ADDRESS names, or a Ray of its own.
    """

    name: str = ""
    workers: int = 0
    ray: str = ""

    @contextmanager
    def yield_for_execution(self, _context: dg.InitResourceContext) -> Iterator[Engine]:
        """The engine, its processes ended with the run. Raises `EngineError`."""
        name = self.name or os.environ.get("CORRIDOR_ENGINE") or "inline"
        with engines.engine(name, self.workers or _workers_of_environment(), self.ray or None) as engine:
            yield engine


def _workers_of_environment() -> int | None:
    told = os.environ.get("CORRIDOR_WORKERS", "")
    if told and not (told.isdecimal() and int(told)):
        raise EngineError(f"CORRIDOR_WORKERS is {told!r}; it says how many processes are to work, such as 4")
    return int(told) if told else None


class GoldResource(dg.ConfigurableResource[None]):
    """The folders of annotated texts to evaluate the extractor on. Without `folders`, the project's own, in `tests/gold`."""

    folders: list[str] = []  # noqa: RUF012 - settings are copied for each resource

    def present(self) -> list[Path]:
        """The folders that are there: outside a checkout the project's own are not."""
        named = [Path(folder) for folder in self.folders] or [default_gold_folder()]
        return [folder for folder in named if folder.is_dir()]


class WarehouseResource(dg.ConfigurableResource[None]):
    """Where the dataset is published. With `replace`, also over the file of another store."""

    file: str = str(WAREHOUSE_FILE)
    replace: bool = False

    @property
    def path(self) -> Path:
        """The published file."""
        return Path(self.file)
