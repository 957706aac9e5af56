"""The figures below which accuracy must not fall. What they are now belongs to `figures`; the floors themselves are data in
`seeds/reference/accuracy_floors.toml`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import polars as pl

from pipeline.contract.reference import read_toml
from pipeline.evaluation.evaluation import ALL
from pipeline.evaluation.tables import EVERY, SLOT

FILE = "accuracy_floors.toml"
Floors = Mapping[str, Mapping[str, Mapping[str, float]]]


class Shortfall(NamedTuple):
    """A figure below its floor; `value` is None where the folder was not evaluated or has no such figure."""

    folder: str
    kind: str
    figure: str
    floor: float
    value: float | None


def accuracy_floors() -> Floors:
    """Folder -> kind -> figure -> lowest F1, or for a field of the metadata the lowest share."""
    floors: Floors = read_toml(FILE)["floor"]
    return floors


def below_floors(evaluation: pl.DataFrame, floors: Floors) -> list[Shortfall]:
    """The figures in rows of the table `evaluation` that are below their floors, in the order of the floors."""
    values = {(folder, kind, figure): value for folder, kind, figure, value in _measured(evaluation)}
    return [
        Shortfall(folder, kind, figure, floor, values.get((folder, kind, figure)))
        for folder, kind, figure, floor in _each(floors)
        if values.get((folder, kind, figure), -1.0) < floor
    ]


def _each(floors: Floors) -> Iterator[tuple[str, str, str, float]]:
    for folder, kinds in floors.items():
        for kind, figures in kinds.items():
            for figure, floor in figures.items():
                yield folder, kind, figure, floor


def _measured(evaluation: pl.DataFrame) -> Iterable[tuple[str, str, str, float]]:
    """Folder, kind, figure and value: F1 of a kind by level, and the share of a slot or field by its name."""
    whole = evaluation.filter(pl.col("texts") == ALL)
    levels = whole.filter(pl.col("figure") != SLOT, pl.col("item") == EVERY).select("folder", "kind", "figure", "f1")
    slots = whole.filter(pl.col("figure") == SLOT).select("folder", "kind", "item", "f1")
    return [*levels.iter_rows(), *slots.iter_rows()]
