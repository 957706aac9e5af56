"""Charts hold every day that a claim can name."""

from datetime import date

import pytest

from pipeline.report.charts import agreement_steps
from pipeline.report.marks import Step, year_of, years


@pytest.mark.parametrize(
    ("day", "year"), [(date(1, 1, 1), 1.0), (date(2024, 12, 31), 2024 + 365 / 366), (date(9999, 12, 31), 9999 + 364 / 365)]
)
def test_a_day_is_a_year_with_its_fraction(day: date, year: float) -> None:
    assert year_of(day) == pytest.approx(year)


@pytest.mark.parametrize("days", [(date(1, 1, 1), date(9999, 12, 31)), (date(1000, 1, 1), date(2030, 1, 1))])
def test_an_axis_over_thousands_of_years_has_few_ticks(days: tuple[date, date]) -> None:
    steps = [Step(0, day, "signed", "c", "told") for day in days]
    chart = agreement_steps(["A"], steps, years((None, day) for day in days))
    assert "'values': [" in str(chart)
