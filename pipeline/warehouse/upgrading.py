"""Brings the files of an older store up to the columns of today.

A column that is new is NULL until the next reading fills it in, one that is gone is dropped, one of another type is cast, and a
table that is new is empty. Which columns there are belongs to `store`.

To change the store: change its schemas, raise `FORMAT` there, and put the new digest into tests/warehouse/test_old_stores.py,
which fails until then. Where NULL will not do for what older stores lack, or a file goes to another place, add the step here
and call it from `Store._upgrade`; it must do no harm when it is interrupted and begins again. Before a release is made, let it
write a small store of two refreshes and keep that as tests/warehouse/old_stores/format_N: each store there is refreshed by the
tests, and must keep when its documents were first seen and what its log of changes tells.
"""

import polars as pl

from pipeline.warehouse.places import Place
from pipeline.warehouse.segments import Segments


def conform_file(place: Place, name: str, schema: pl.Schema) -> None:
    """Rewrites a Parquet file whose columns are not those of `schema`, and keeps what its footer tells.

    Raises `polars` errors if a column cannot be cast.
    """
    source = place.source_if_there(name)
    if source is None or pl.read_parquet_schema(source) == dict(schema):
        return
    found = pl.read_parquet_metadata(place.source(name))
    footer = {key: value for key, value in found.items() if not key.startswith("ARROW:")}
    place.write_parquet(name, conformed(pl.read_parquet(place.source(name)), schema), footer)


def conform_segments(segments: Segments) -> None:
    """Writes the segments anew if any has other tables or columns than those of today. Raises as `conform_file`.

    Of each only the rows that no later one hides: a copy is the latest, so that when this was interrupted and begins again, a
    hidden row in it would hide the valid one.
    """
    names = segments.names()
    schemas, place = segments.schemas(), segments.place
    files_of_today = (file for name in names for file in segments.files(name))
    if all(
        place.exists(file) and pl.read_parquet_schema(place.source(file)) == dict(schemas[table])
        for table, file in files_of_today
    ):
        return
    for name, inputs in segments.holders().items():
        segments.copy(name, inputs, conformed)
    segments.remove(names)


def conformed(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """The frame with the columns of `schema`, in its order and types. Raises `polars` errors if one cannot be cast."""
    missing = [pl.lit(None, dtype=type_).alias(name) for name, type_ in schema.items() if name not in frame.columns]
    return frame.with_columns(missing).select(schema.names()).cast(schema)
