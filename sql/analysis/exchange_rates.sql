-- What a unit of each currency was worth in US dollars, month by month.
SELECT
    currency,
    date_trunc('month', day)::DATE AS month_start,
    last_day(min(day)) AS month_end,
    avg(usd_per_unit) AS usd_per_unit,
    min(usd_per_unit) AS lowest,
    max(usd_per_unit) AS highest,
    count(*)::INTEGER AS days,
    min(day) AS first_day,
    max(day) AS last_day
FROM reference_daily_rates
GROUP BY currency, date_trunc('month', day)
ORDER BY currency, month_start
