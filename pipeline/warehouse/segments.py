"""Results kept by what they were made from: Parquet segments of many inputs each, with an index.

A segment is a folder `00000042` with `index.parquet` (one row per input) and Parquet files of each table, each row with the
`input_id` it belongs to. A table is one file, or in parts, a file for each batch that was worked on, written by whoever did;
then the index says in which part the rows of an input lie. A segment appears whole and is never changed; a later segment's
rows for an input hide an earlier one's. So nothing is a file per document, an interrupted writer leaves nothing half, and
throwing away what nobody refers to is copying the rest. What the tables mean does not belong here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import polars as pl

from pipeline.warehouse.files import FileState, parquet, state_of
from pipeline.warehouse.folders import Folder
from pipeline.warehouse.places import Draft, Place, Source

INDEX = "index"
KEEP_SHARE = 0.5  # a segment with less of it alive is rewritten
SMALL_SEGMENT = 500  # inputs; segments below this are merged
SMALL_SEGMENTS = 8  # once there are so many of them
INPUTS_REWRITTEN = 2_000  # at once, each so many into a segment of their own
ROWS_AT_ONCE = 50_000  # of a file that is read in several frames
FILES_AT_ONCE = 50
# The part that the rows of an input lie in: NULL in a segment whose tables are one file each, empty if it has no rows.
PART = "part"
NO_PART = ""
_PART_BYTES = 6


# By which it shows that an index would be read as before: the segments, each with the state of its file.
_Signature = tuple[tuple[str, FileState], ...]


class Segments:
    """The segments in one place. All writing calls need the store's lock.

    `index_schema` and `table_schemas` give the columns besides `input_id`, which every frame has.
    """

    def __init__(
        self, place: Place | Path, index_schema: Mapping[str, pl.DataType], table_schemas: Mapping[str, pl.Schema]
    ) -> None:
        self.place = Folder(place) if isinstance(place, Path) else place
        self._index_schema = pl.Schema({"input_id": pl.String(), **index_schema, PART: pl.String()})
        self._schemas = {name: pl.Schema({"input_id": pl.String(), **schema}) for name, schema in table_schemas.items()}
        self._last_number = 0
        self._held: tuple[_Signature, pl.DataFrame] | None = None  # the index as it was read last

    def __getstate__(self) -> dict[str, object]:
        """What a worker is sent: all but the index, which it has no use for."""
        return {**self.__dict__, "_held": None}

    def index(self) -> pl.DataFrame:
        """The valid row of each input: `input_id`, the index columns, and `segment` and `part`, sorted by input."""
        indexes = self._indexes()
        signature = _signature(indexes)
        if signature is None:
            return self._latest_of(indexes)
        if self._held is None or self._held[0] != signature:
            # A refresh asks for it many times, and mostly it has not changed since.
            self._held = (signature, self._latest_of(indexes))
        return self._held[1]

    def add(self, index: pl.DataFrame, tables: Mapping[str, pl.DataFrame | Path]) -> None:
        """Writes a segment of new results. Tables that are not given are empty; one that is a Parquet file, of rows sorted by
        input, is taken as it is. Raises `polars` errors on a foreign schema.
        """
        if index.is_empty():
            return
        contents = {
            f"{name}.parquet": _content(tables.get(name, schema.to_frame()), schema) for name, schema in self._schemas.items()
        }
        segment = self.begin()
        with segment.discarded_on_error():
            segment.draft.put(contents)
            self._close(segment, index.with_columns(pl.lit(None, pl.String()).alias(PART)), contents)

    def begin(self) -> "NewSegment":
        """A segment to which parts are added wherever they are made, and that is there once it was closed with its index."""
        name = self._next_name()
        return NewSegment(name, self.place.draft(name), self._schemas)

    def close(self, segment: "NewSegment", index: pl.DataFrame) -> None:
        """Makes a segment valid. `index` has its rows with the `part` of each; parts that none names are left out."""
        parts = [part for part in index[PART].unique() if part != NO_PART]
        with segment.discarded_on_error():
            self._close(segment, index, [_file(table, part) for table in self._schemas for part in parts])

    def read(
        self, table: str, live: pl.DataFrame, columns: Sequence[str] | None = None, only: pl.DataFrame | None = None
    ) -> pl.DataFrame:
        """The rows of one table that belong to the rows `live` of the index, sorted by input.

        With `columns`, only `input_id` and these; with `only`, the rows that agree with one of its rows in all its columns.
        """
        names = ["input_id", *(columns if columns is not None else self._schemas[table].names()[1:])]
        holding = live.filter(pl.col(PART).ne_missing(NO_PART)).select("segment", PART, "input_id")
        inputs = holding.partition_by("segment", PART, as_dict=True, include_key=False)
        files = [f"{segment}/{_file(table, part)}" for segment, part in inputs]
        parts = [
            _narrowed(pl.scan_parquet(source).select(names), of_part, only)
            for source, of_part in zip(self._present(files), inputs.values(), strict=True)
        ]
        if not parts:
            return self._schemas[table].to_frame().select(names)
        # Polars begins with all files that it is given at once, each on a thread of its own.
        several = (parts[start : start + FILES_AT_ONCE] for start in range(0, len(parts), FILES_AT_ONCE))
        rows = pl.concat(found for some in several for found in pl.collect_all(some))
        return rows if len(parts) == 1 else rows.sort("input_id", maintain_order=True)

    def frames(
        self, table: str, live: pl.DataFrame, columns: Sequence[str] | None = None, only: pl.DataFrame | None = None
    ) -> Iterator[pl.DataFrame]:
        """The same rows, a segment after the other, of each sorted by input; a long file comes in several frames."""
        held = live.filter(pl.col(PART).ne_missing(NO_PART)).sort("segment", "input_id")
        for of_segment in held.partition_by("segment", maintain_order=True):
            whole = of_segment.filter(pl.col(PART).is_null())
            if of_segment.height > whole.height:
                yield self.read(table, of_segment.filter(pl.col(PART).is_not_null()), columns, only)
            if not whole.is_empty():
                yield from self._slices(table, whole, columns, only)

    def _slices(
        self, table: str, live: pl.DataFrame, columns: Sequence[str] | None, only: pl.DataFrame | None
    ) -> Iterator[pl.DataFrame]:
        """The rows of a table of one segment that is one file."""
        names = ["input_id", *(columns if columns is not None else self._schemas[table].names()[1:])]
        inputs = live.select("input_id")
        (source,) = self._present([f"{live['segment'][0]}/{_file(table, None)}"])
        rows = pl.scan_parquet(source)
        for start in range(0, rows.select(pl.len()).collect().item(), ROWS_AT_ONCE):
            yield _narrowed(rows.slice(start, ROWS_AT_ONCE).select(names), inputs, only).collect()

    def collect_garbage(self, live_inputs: pl.Series) -> int:
        """Drops every input that is not in `live_inputs` and merges small segments. Returns how many segments went.

        What is left of segments that never came to an index goes too, so that none may be under way.
        """
        indexes = dict(self._indexes())
        self.remove([name for name in self.names() if name not in indexes])
        index = self.index()
        live = index.filter(pl.col("input_id").is_in(live_inputs.implode()))
        alive = dict(live.group_by("segment").len().iter_rows())
        sizes = {name: pl.scan_parquet(index).select(pl.len()).collect().item() for name, index in indexes.items()}
        thin = {name for name, size in sizes.items() if alive.get(name, 0) < KEEP_SHARE * size}
        small = {name for name in sizes if 0 < alive.get(name, 0) < SMALL_SEGMENT}
        if len(small) > SMALL_SEGMENTS:
            small = {name for name in small if self._fits_at_once(name)}
        outdated = thin | small if len(small) > SMALL_SEGMENTS else thin
        kept = live.filter(pl.col("segment").is_in(sorted(outdated)))
        for some in kept.sort("segment", PART, "input_id").iter_slices(INPUTS_REWRITTEN):
            self.add(some.drop("segment"), {name: self.read(name, some) for name in self._schemas})
        self.remove(sorted(outdated))
        return len(outdated)

    def _fits_at_once(self, name: str) -> bool:
        """Whether none of the tables of a segment has so many rows that it is not to be merged with others."""
        files = [file for _, file in self.files(name) if self.place.exists(file)]
        rows = (pl.scan_parquet(self.place.source(file)).select(pl.len()).collect().item() for file in files)
        return all(count <= ROWS_AT_ONCE for count in rows)

    def names(self) -> list[str]:
        """The segments, oldest first."""
        return [name for name in self.place.names() if name.isdigit()]

    def schemas(self) -> dict[str, pl.Schema]:
        """The columns of the index and of each table, by name."""
        return {INDEX: self._index_schema, **self._schemas}

    def files(self, name: str) -> Iterator[tuple[str, str]]:
        """The files of a segment, as table and name; one of an older store may lack some of them."""
        index = f"{name}/{INDEX}.parquet"
        yield INDEX, index
        known = PART in pl.read_parquet_schema(self.place.source(index))
        parts = pl.read_parquet(self.place.source(index), columns=[PART])[PART].unique().to_list() if known else [None]
        for part in parts:
            if part != NO_PART:
                yield from ((table, f"{name}/{_file(table, part)}") for table in self._schemas)

    def holders(self) -> dict[str, list[str]]:
        """The segments that hold valid rows, oldest first, each with the inputs of these, sorted."""
        held = self._latest(["input_id"]).partition_by("segment", as_dict=True)
        return {segment: held[segment,]["input_id"].to_list() for (segment,) in sorted(held)}

    def copy(self, name: str, inputs: Sequence[str], change: Callable[[pl.DataFrame, pl.Schema], pl.DataFrame]) -> None:
        """Writes inputs of a segment anew as the latest, each table as `change` makes it from the table and its columns."""
        schemas, tables = self.schemas(), dict[str, list[pl.DataFrame]]()
        for table, file in self.files(name):
            if self.place.exists(file):
                rows = pl.read_parquet(self.place.source(file)).filter(pl.col("input_id").is_in(inputs))
                tables.setdefault(table, []).append(change(rows, schemas[table]))
        whole = {table: pl.concat(frames) for table, frames in tables.items()}
        self.add(whole.pop(INDEX), whole)

    def remove(self, names: Iterable[str]) -> None:
        """Removes segments; what they alone held is gone."""
        for name in names:
            self.place.remove_folder(name)

    def _latest(self, columns: list[str] | None = None) -> pl.DataFrame:
        """The valid row of each input, all that its index has or these columns of it, and `segment`, sorted by input."""
        return self._latest_of(self._indexes(), columns)

    def _latest_of(self, indexes: list[tuple[str, Source]], columns: list[str] | None = None) -> pl.DataFrame:
        frames = [pl.read_parquet(index, columns=columns).with_columns(segment=pl.lit(name)) for name, index in indexes]
        if not frames:
            return pl.DataFrame(schema={**self._index_schema, "segment": pl.String()})
        return pl.concat(frames).unique("input_id", keep="last", maintain_order=True).sort("input_id")

    def _indexes(self) -> list[tuple[str, Source]]:
        """The segments that are there, each with its index."""
        names = self.names()
        found = self.place.sources([f"{name}/{INDEX}.parquet" for name in names])
        return [(name, index) for name, index in zip(names, found, strict=True) if index is not None]

    def _present(self, files: Sequence[str]) -> Iterator[Source]:
        for file, source in zip(files, self.place.sources(files), strict=True):
            if source is None:
                raise FileNotFoundError(f"{self.place.address}: {file} is missing")
            yield source

    def _next_name(self) -> str:
        self._last_number = max(self._last_number, max(map(int, self.names()), default=0)) + 1
        return f"{self._last_number:08}"

    def _close(self, segment: "NewSegment", index: pl.DataFrame, others: Iterable[str]) -> None:
        segment.draft.close({f"{INDEX}.parquet": _content(index, self._index_schema)}, list(others))


@dataclass(frozen=True)
class NewSegment:
    """A segment that is being made. Pickles, so that parts are written where they are made."""

    name: str
    draft: Draft
    schemas: Mapping[str, pl.Schema]

    def add_part(self, tables: Mapping[str, pl.DataFrame]) -> str:
        """Writes the tables of a part and gives its name, for the index. Tables that are not given are empty.

        The name is a hash of what the part holds, so that a store is the same whoever filled it.
        """
        if all(frame.is_empty() for frame in tables.values()):
            return NO_PART
        contents = {
            name: _content(tables.get(name, schema.to_frame()), schema) for name, schema in sorted(self.schemas.items())
        }
        part = blake2b(b"".join(contents.values()), digest_size=_PART_BYTES).hexdigest()
        self.draft.put({_file(name, part): content for name, content in contents.items()})
        return part

    @contextmanager
    def discarded_on_error(self) -> Iterator[None]:
        """Removes what was written of it if an error comes of what is done within."""
        try:
            yield
        except BaseException:
            self.draft.discard()
            raise


def _file(table: str, part: str | None) -> str:
    return f"{table}.parquet" if part is None else f"{table}-{part}.parquet"


def _narrowed(rows: pl.LazyFrame, inputs: pl.DataFrame, only: pl.DataFrame | None) -> pl.LazyFrame:
    of_inputs = rows.join(inputs.lazy(), on="input_id", how="semi", maintain_order="left")
    return of_inputs if only is None else of_inputs.join(only.lazy(), on=only.columns, how="semi", maintain_order="left")


def _content(frame: pl.DataFrame | Path, schema: pl.Schema) -> bytes:
    if isinstance(frame, Path):
        return frame.read_bytes()
    return parquet(frame.select(schema.names()).cast(schema).sort("input_id", maintain_order=True))


def _signature(indexes: list[tuple[str, Source]]) -> _Signature | None:
    """None of what does not lie in files, or not all of it."""
    paths = [(name, index) for name, index in indexes if isinstance(index, Path)]
    if len(paths) < len(indexes):
        return None
    try:
        return tuple((name, state_of(path)) for name, path in paths)
    except FileNotFoundError:
        return None
