"""The reference data that the statements of `sql/columns/` and `sql/analysis/` read, as relations for DuckDB.

What is lent belongs here; what is made of it is SQL. Data that claims have no say in are read once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb
import polars as pl

from pipeline.contract.reference import read_rows, read_toml
from pipeline.warehouse.instruments import agreement_stages
from pipeline.warehouse.rates import daily_rates, monthly_rates
from pipeline.warehouse.voices import voice_rows

_SPEAKERS = ("trade_claims.attributed_to", "freight_claims.attributed_to")


@contextmanager
def reference_data(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Lends the reference data to the statements that run inside, as relations called `reference_...`."""
    voices = voice_rows(_texts(connection, *_SPEAKERS), _texts(connection, "documents.publisher"))
    lent = {**_relations(), "reference_voices": voices.to_arrow()}
    for name, rows in lent.items():
        connection.register(name, rows)
    try:
        yield
    finally:
        for name in lent:
            connection.unregister(name)


@cache
def _relations() -> dict[str, object]:
    frames = {
        "reference_agreement_stages": agreement_stages(),
        "reference_limits": limits(),
        "reference_code_mappings": numbered_rows("analysis/code_mappings.csv"),
        "reference_code_schemes": numbered_rows("analysis/code_schemes.csv"),
        "reference_daily_rates": daily_rates(),
        "reference_growth_bases": numbered_rows("analysis/growth_bases.csv"),
        "reference_indicators": indicator_rows(),
        "reference_light_words": light_words(),
        "reference_monthly_rates": monthly_rates(),
        "reference_part_phrases": part_phrases(),
        "reference_period_names": period_names(),
    }
    return {name: frame.to_arrow() for name, frame in frames.items()}


def numbered_rows(name: str) -> pl.DataFrame:
    """A reference file in CSV: its columns as texts, and `line`, the number of the row from 1."""
    return pl.DataFrame(read_rows(name)).with_row_index("line", offset=1)


def limits() -> pl.DataFrame:
    """One row with a column for each limit that tells how far figures are reckoned with."""
    return pl.DataFrame([{row["name"]: float(row["value"]) for row in read_rows("analysis/arithmetic_limits.csv")}])


def indicator_rows() -> pl.DataFrame:
    """What is true of the values of each indicator: `indicator`, `directed`, `adds_up`, `comparable`, `nature`,
    `better`."""
    rows = pl.DataFrame(list(read_rows("analysis/indicators.csv")))
    return rows.with_columns(pl.col("directed", "adds_up") == "true")


def part_phrases() -> pl.DataFrame:
    """One row with a list `phrases`: those before an amount that make it a part of one told before, each between blanks."""
    return pl.DataFrame({"phrases": [[f" {row['phrase']} " for row in read_rows("analysis/part_phrases.csv")]]})


def period_names() -> pl.DataFrame:
    """Parts of a year by their names: `name`, `first_month`, `months`."""
    return pl.DataFrame(list(read_rows("analysis/period_names.csv"))).with_columns(
        pl.col("first_month", "months").cast(pl.Int64)
    )


def light_words() -> pl.DataFrame:
    """One row with a list `words`: those that make no difference between two names that an acronym stands for."""
    listed = read_toml("acronyms.toml")
    return pl.DataFrame({"words": [sorted({*listed["small"], *listed["legal"], "s"})]})


def _texts(connection: duckdb.DuckDBPyConnection, *columns: str) -> list[str]:
    """The distinct texts of columns, given as table.column."""
    parts = [f"SELECT {column} AS told FROM {column.split('.')[0]}" for column in columns]
    found = connection.execute(f"SELECT DISTINCT told FROM ({' UNION ALL '.join(parts)}) WHERE told IS NOT NULL").fetchall()
    return [told for (told,) in found]
