"""What money claims are worth in US dollars. The rates are those that the European Central Bank published."""

from collections.abc import Callable
from datetime import date

import duckdb
import polars as pl
import pytest

from pipeline.contract.analysis.money import LONGEST_PERIOD
from pipeline.contract.published import ADDED_FIELDS, PUBLISHED_TABLES
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import CLAIM_TABLES, TRADE_CLAIMS
from pipeline.warehouse.analysis import fill_columns
from pipeline.warehouse.rates import daily_rates
from pipeline.warehouse.reference import reference_data
from tests.analysis.made import Row, answers, document, number

Period = tuple[str | None, str | None]
Value = float | tuple[float, float] | None


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    return answers([]).whole()


def money(value: Value, unit: str | None, period: Period, indicator: str = "exports") -> Row:
    start, end = (day and date.fromisoformat(day) for day in period)
    return number("d", indicator, value, unit=unit, period_start=start, period_end=end)


def converted(database: duckdb.DuckDBPyConnection, *claims: Row, table: str = "trade_claims") -> list[float | None]:
    """The values in dollars of claims, in their order. The database stays as it was."""
    named = [{"claim_id": f"{place:03}"} | claim for place, claim in enumerate(claims)]
    rows = pl.DataFrame(named, schema=polars_schema(TRADE_CLAIMS), orient="row").to_arrow()
    database.execute("BEGIN")
    try:
        database.register("made_rows", rows)
        database.execute(f"INSERT INTO {table} BY NAME SELECT * FROM made_rows")
        with reference_data(database):
            fill_columns(database)
        return [value for (value,) in database.sql(f"SELECT value_usd FROM {table} ORDER BY claim_id").fetchall()]
    finally:
        database.execute("ROLLBACK")


InDollars = Callable[[Value, str | None, Period], float | None]


@pytest.fixture
def in_dollars(database: duckdb.DuckDBPyConnection) -> InDollars:
    return lambda value, unit, period: converted(database, money(value, unit, period))[0]


def test_a_day_has_its_rate(in_dollars: InDollars) -> None:
    assert in_dollars(100, "EUR", ("2024-01-02", "2024-01-02")) == pytest.approx(109.56)


def test_a_currency_other_than_the_euro_is_one_rate_by_the_other(in_dollars: InDollars) -> None:
    # Of 2 January 2024: 1.0956 dollars and 7.8264 yuan for a euro.
    assert in_dollars(7.8264, "CNY", ("2024-01-02", "2024-01-02")) == pytest.approx(1.0956)


def test_a_period_has_the_mean_of_its_working_days(in_dollars: InDollars) -> None:
    # 2 to 5 January 2024, Tuesday to Friday: 1.0956, 1.0919, 1.0953, 1.0921. The days around them have no rate.
    assert in_dollars(1000, "EUR", ("2023-12-30", "2024-01-01")) == pytest.approx(1105.0)  # that of Friday, 29 December
    assert in_dollars(1000, "EUR", ("2024-01-01", "2024-01-07")) == pytest.approx(1093.725)


def test_a_year_has_the_mean_of_its_daily_rates(in_dollars: InDollars) -> None:
    year = daily_rates().filter(pl.col("currency") == "TRY", pl.col("day").dt.year() == 2021)
    assert year.height == 258
    assert in_dollars(1, "TRY", ("2021-01-01", "2021-12-31")) == pytest.approx(year["usd_per_unit"].mean())


def test_the_middle_of_a_range_is_converted_and_a_deficit_stays_one(in_dollars: InDollars) -> None:
    assert in_dollars((100, 300), "EUR", ("2024-01-02", "2024-01-02")) == pytest.approx(219.12)
    assert in_dollars(-100, "EUR", ("2024-01-02", "2024-01-02")) == pytest.approx(-109.56)


def test_one_end_of_a_range_stands_for_it(database: duckdb.DuckDBPyConnection) -> None:
    floor = money(1, "USD", (None, None)) | {"value_high": None, "value_low": 5.0}
    ceiling = money(1, "USD", (None, None)) | {"value_high": 6.0, "value_low": None}
    assert converted(database, floor, ceiling) == [5.0, 6.0]


@pytest.mark.parametrize(
    "period", [(None, None), (None, "2035-12-31"), ("1987-01-01", "1987-12-31"), ("2020-01-01", "2029-12-31")]
)
def test_dollars_are_dollars_whenever(period: Period, in_dollars: InDollars) -> None:
    assert in_dollars((2e9, 4e9), "USD", period) == 3e9


@pytest.mark.parametrize(
    ("unit", "period"),
    [
        ("EUR", (None, None)),
        ("EUR", (None, "2024-06-30")),  # a deadline, or since nobody knows when
        ("EUR", ("2024-01-01", None)),
        ("EUR", ("1998-12-01", "1999-01-31")),  # before the euro
        ("DEM", ("1998-01-01", "1998-12-31")),
        ("DEM", ("2001-01-01", "2001-12-31")),  # no longer quoted
        ("EUR", ("2099-01-01", "2099-12-31")),  # to come
        ("KZT", ("2024-01-01", "2024-12-31")),  # not quoted
        ("RUB", ("2022-03-02", "2022-03-31")),  # quoted until 1 March 2022
        ("RUB", ("2022-01-01", "2022-12-31")),
        ("CNY", ("2005-03-31", "2005-04-29")),  # quoted from 1 April 2005
        ("ISK", ("2009-01-01", "2009-12-31")),  # not quoted from December 2008 to February 2018
        ("ISK", ("2018-01-01", "2018-12-31")),
        ("EUR", ("2023-01-01", "2024-01-02")),  # one day more than a leap year has
        ("EUR", ("2024-02-02", "2024-02-01")),  # no period
    ],
)
def test_where_no_rate_is_known_there_is_no_guess(unit: str, period: Period, in_dollars: InDollars) -> None:
    assert in_dollars(100, unit, period) is None


@pytest.mark.parametrize(
    ("unit", "period"),
    [
        ("EUR", ("1999-01-01", "1999-12-31")),
        ("RUB", ("2022-01-01", "2022-03-01")),
        ("CNY", ("2005-04-01", "2005-04-30")),
        ("ISK", ("2019-01-01", "2019-12-31")),
        ("TRL", ("2004-01-01", "2004-12-31")),
        ("EUR", ("2023-01-01", "2024-01-01")),
    ],
)
def test_the_first_and_last_days_of_a_currency_count(unit: str, period: Period, in_dollars: InDollars) -> None:
    assert in_dollars(100, unit, period) is not None


def test_the_rates_reach_to_the_weekend_after_the_last_of_them(database: duckdb.DuckDBPyConnection) -> None:
    last = daily_rates()["day"].max()
    assert isinstance(last, date)
    friday = last.isoweekday() == 5
    days = [date.fromordinal(last.toordinal() + after).isoformat() for after in (0, 1, 2, 3)]
    found = converted(database, *(money(1, "EUR", (day, day)) for day in days))
    assert [value is not None for value in found] == [True, friday, friday, False]


@pytest.mark.parametrize("unit", ["percent", "t", "TEU", "EUR/TEU", "EUR/yr", "USD/yr", "USD/t", None])
def test_what_is_no_amount_of_money_has_no_value_in_dollars(unit: str | None, in_dollars: InDollars) -> None:
    value = None if unit is None else 5.0
    assert in_dollars(value, unit, ("2024-01-01", "2024-12-31")) is None


def test_freight_claims_have_it_too(database: duckdb.DuckDBPyConnection) -> None:
    claim = money(100, "EUR", ("2024-01-02", "2024-01-02"), indicator="freight_rate")
    assert converted(database, claim, table="freight_claims") == [pytest.approx(109.56)]


def test_publishing_fills_it() -> None:
    connection = answers([document("d")], money(100, "EUR", ("2024-01-02", "2024-01-02")))
    assert connection.sql("SELECT round(value_usd, 2) FROM trade_claims").fetchall() == [(109.56,)]


def test_the_longest_period_is_told_where_it_is_described(in_dollars: InDollars) -> None:
    assert in_dollars(1, "EUR", ("2023-01-01", date.fromordinal(date(2023, 1, 1).toordinal() + LONGEST_PERIOD - 1).isoformat()))
    assert not in_dollars(1, "EUR", ("2023-01-01", date.fromordinal(date(2023, 1, 1).toordinal() + LONGEST_PERIOD).isoformat()))


def test_a_month_in_which_a_currency_ends_says_so(database: duckdb.DuckDBPyConnection) -> None:
    # The rouble was quoted last on 1 March 2022, at 117.201 for a euro, and the dollar at 1.1162.
    found = database.execute(
        "SELECT month_end, days, first_day, last_day, usd_per_unit, lowest, highest FROM exchange_rates "
        "WHERE currency = 'RUB' AND month_start = DATE '2022-03-01'"
    ).fetchone()
    rate = pytest.approx(1.1162 / 117.201)
    assert found == (date(2022, 3, 31), 1, date(2022, 3, 1), date(2022, 3, 1), rate, rate, rate)
    assert database.sql("SELECT max(month_start) FROM exchange_rates WHERE currency = 'RUB'").fetchone() == (date(2022, 3, 1),)


def test_what_the_description_says_of_coverage_holds(database: duckdb.DuckDBPyConnection) -> None:
    first = dict(database.sql("SELECT currency, min(first_day) FROM exchange_rates GROUP BY currency").fetchall())
    assert {first[code].year for code in ("EUR", "GBP", "JPY", "CHF", "KRW")} == {1999}
    assert {first[code].year for code in ("TRY", "CNY", "RUB")} == {2005}
    assert first["INR"].year == 2009
    assert not {"USD", "KZT", "AZN", "GEL", "AMD", "UZS", "KGS", "TJS", "TMT", "IRR", "UAH", "AED", "PKR"} & first.keys()
    assert len(first) == 41


def test_publishing_adds_it_at_the_end_and_extraction_knows_nothing_of_it() -> None:
    for table in PUBLISHED_TABLES:
        if table.name in ADDED_FIELDS:
            assert table.columns[-1] == "value_usd"
    assert all("value_usd" not in table.columns for table in CLAIM_TABLES.values())
