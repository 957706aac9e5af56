"""Results kept by what they were made from: Parquet segments of many inputs each, with an index.

A segment is a folder `00000042` with `index.parquet` (one row per input) and one Parquet file per table, each row with the
`input_id` it belongs to. A segment appears whole, by a rename, and is never changed; a later segment's rows for an input
hide an earlier one's. So nothing is a file per document, an interrupted writer leaves nothing half, and throwing away what
nobody refers to is copying the rest. What the tables mean does not belong here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from pipeline.warehouse import files

INDEX = "index"
KEEP_SHARE = 0.5  # a segment with less of it alive is rewritten
SMALL_SEGMENT = 500  # inputs; segments below this are merged
SMALL_SEGMENTS = 8  # once there are so many of them


class Segments:
    """The segments under one folder. All writing calls need the store's lock.

    `index_schema` and `table_schemas` give the columns besides `input_id`, which every frame has.
    """

    def __init__(self, folder: Path, index_schema: Mapping[str, pl.DataType], table_schemas: Mapping[str, pl.Schema]) -> None:
        self.folder = folder
        self._index_schema = pl.Schema({"input_id": pl.String(), **index_schema})
        self._schemas = {name: pl.Schema({"input_id": pl.String(), **schema}) for name, schema in table_schemas.items()}

    def index(self) -> pl.DataFrame:
        """The valid row of each input: `input_id`, the index columns, and `segment`, sorted by input."""
        return self._latest()

    def add(self, index: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> None:
        """Writes a segment of new results. Tables that are not given are empty. Raises `polars` errors on a foreign schema."""
        if index.is_empty():
            return
        number = max((int(segment.name) for segment in self._segments()), default=0) + 1
        with files.whole_folder(self.folder / f"{number:08}") as folder:
            _write(folder, INDEX, index, self._index_schema)
            for name, schema in self._schemas.items():
                _write(folder, name, tables.get(name, schema.to_frame()), schema)

    def read(
        self, table: str, live: pl.DataFrame, columns: Sequence[str] | None = None, only: pl.DataFrame | None = None
    ) -> pl.DataFrame:
        """The rows of one table that belong to the rows `live` of the index, in no particular order.

        With `columns`, only `input_id` and these; with `only`, the rows that agree with one of its rows in all its columns.
        """
        names = ["input_id", *(columns if columns is not None else self._schemas[table].names()[1:])]
        parts = [
            _narrowed(pl.scan_parquet(self.folder / str(segment) / f"{table}.parquet").select(names), inputs, only)
            for (segment,), inputs in live.select("segment", "input_id").partition_by("segment", as_dict=True).items()
        ]
        if not parts:
            return self._schemas[table].to_frame().select(names)
        return pl.concat(pl.collect_all(parts))

    def collect_garbage(self, live_inputs: pl.Series) -> int:
        """Drops every input that is not in `live_inputs` and merges small segments. Returns how many segments went."""
        index = self.index()
        live = index.filter(pl.col("input_id").is_in(live_inputs.implode()))
        alive = dict(live.group_by("segment").len().iter_rows())
        sizes = {segment.name: _height(segment) for segment in self._segments()}
        thin = {name for name, size in sizes.items() if alive.get(name, 0) < KEEP_SHARE * size}
        small = {name for name in sizes if 0 < alive.get(name, 0) < SMALL_SEGMENT}
        outdated = thin | small if len(small) > SMALL_SEGMENTS else thin
        kept = live.filter(pl.col("segment").is_in(sorted(outdated)))
        if not kept.is_empty():
            self.add(kept.drop("segment"), {name: self.read(name, kept) for name in self._schemas})
        self.remove(sorted(outdated))
        return len(outdated)

    def names(self) -> list[str]:
        """The segments, oldest first."""
        return [segment.name for segment in self._segments()]

    def files(self, name: str) -> list[tuple[Path, pl.Schema]]:
        """The files of a segment, with the columns that they should have; a segment of an older store may lack some of them."""
        schemas = {INDEX: self._index_schema, **self._schemas}
        return [(self.folder / name / f"{table}.parquet", schema) for table, schema in schemas.items()]

    def holders(self) -> dict[str, list[str]]:
        """The segments that hold valid rows, oldest first, each with the inputs of these, sorted."""
        held = self._latest(["input_id"]).partition_by("segment", as_dict=True)
        return {segment: held[segment,]["input_id"].to_list() for (segment,) in sorted(held)}

    def copy(self, name: str, inputs: Sequence[str], change: Callable[[pl.DataFrame, pl.Schema], pl.DataFrame]) -> None:
        """Writes inputs of a segment anew as the latest, each table as `change` makes it from the table and its columns."""
        tables = {
            path.stem: change(pl.read_parquet(path).filter(pl.col("input_id").is_in(inputs)), schema)
            for path, schema in self.files(name)
            if path.exists()
        }
        self.add(tables.pop(INDEX), tables)

    def remove(self, names: Iterable[str]) -> None:
        """Removes segments; what they alone held is gone."""
        for name in names:
            files.remove_folder(self.folder / name)

    def _latest(self, columns: list[str] | None = None) -> pl.DataFrame:
        """The valid row of each input, all that its index has or these columns of it, and `segment`, sorted by input."""
        frames = [
            pl.read_parquet(segment / f"{INDEX}.parquet", columns=columns).with_columns(segment=pl.lit(segment.name))
            for segment in self._segments()
        ]
        if not frames:
            return pl.DataFrame(schema={**self._index_schema, "segment": pl.String()})
        return pl.concat(frames).unique("input_id", keep="last", maintain_order=True).sort("input_id")

    def _segments(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if path.name.isdigit())


def _narrowed(rows: pl.LazyFrame, inputs: pl.DataFrame, only: pl.DataFrame | None) -> pl.LazyFrame:
    of_inputs = rows.join(inputs.lazy(), on="input_id", how="semi")
    return of_inputs if only is None else of_inputs.join(only.lazy(), on=only.columns, how="semi")


def _write(folder: Path, name: str, frame: pl.DataFrame, schema: pl.Schema) -> None:
    ordered = frame.select(schema.names()).cast(schema).sort("input_id", maintain_order=True)
    files.write_frame(folder / f"{name}.parquet", ordered)


def _height(segment: Path) -> int:
    return int(pl.scan_parquet(segment / f"{INDEX}.parquet").select(pl.len()).collect().item())
