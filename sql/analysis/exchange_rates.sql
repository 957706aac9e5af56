-- What a unit of each currency was worth in US dollars, month by month.
SELECT currency, month_start, month_end, usd_per_unit, lowest, highest, days, first_day, last_day
FROM reference_monthly_rates
