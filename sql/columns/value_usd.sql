-- Amounts of money in US dollars, by the mean of the daily rates of the claim's period. No row where no rate is known.
--
-- The sum of rates over a period is the sum up to its end less the sum up to the day before it: two joins for each claim,
-- however long its period is. Rates are added as decimals, so that the difference of two sums is exact.
WITH
amounts AS (
    SELECT
        claim_id,
        unit AS currency,
        coalesce((value_low + value_high) / 2, value_low, value_high) AS amount,
        period_start,
        period_end
    FROM quantity_claims()
    WHERE length(unit) = 3
),

-- One rate may stand for a year at most: over several, nobody knows when the money moved.
to_convert AS (
    SELECT amounts.* FROM amounts
    CROSS JOIN reference_limits
    WHERE currency <> 'USD' AND currency IN (SELECT DISTINCT currency FROM reference_monthly_rates)
        AND period_end - period_start BETWEEN 0 AND rate_days
),

rates AS (
    SELECT currency, day, usd_per_unit FROM reference_daily_rates
    WHERE currency IN (SELECT DISTINCT currency FROM to_convert)
),

working_days AS (SELECT DISTINCT day FROM reference_daily_rates WHERE currency = 'EUR'),

-- Every day that the rates reach: from the first day of the euro (rates began on the Monday after it), less one as the day
-- before a period, to the last rate and the weekend that follows it.
calendar AS (
    SELECT
        days.day::DATE AS day,
        count(working_days.day) OVER up_to_day AS working_days,
        max(working_days.day) OVER up_to_day AS latest_working_day
    FROM (
        SELECT unnest(generate_series(DATE '1998-12-31', max(day) + if(isodow(max(day)) = 5, 2, 0), INTERVAL 1 DAY)) AS day
        FROM working_days
    ) AS days
    LEFT JOIN working_days ON working_days.day = days.day::DATE
    WINDOW up_to_day AS (ORDER BY days.day)
),

sums AS (
    SELECT
        currency,
        day,
        latest_working_day,
        working_days,
        count(usd_per_unit) OVER up_to_day AS rated_days,
        coalesce(sum(usd_per_unit::DECIMAL(38, 20)) OVER up_to_day, 0) AS rate_sum
    FROM (SELECT DISTINCT currency FROM rates)
    CROSS JOIN calendar
    LEFT JOIN rates USING (currency, day)
    WINDOW up_to_day AS (PARTITION BY currency ORDER BY day)
),

-- A period without a working day takes the rate of the last one before it.
-- Materialized, for else the two days of all claims could be joined with each other before they are with claims.
at_end AS MATERIALIZED (
    SELECT
        claim_id,
        to_convert.currency,
        amount,
        least(period_start, latest_working_day) - 1 AS day_before,
        working_days,
        rated_days,
        rate_sum
    FROM to_convert
    JOIN sums ON sums.currency = to_convert.currency AND sums.day = period_end
),

within AS MATERIALIZED (
    SELECT
        claim_id,
        amount,
        at_end.working_days - sums.working_days AS working_days,
        at_end.rated_days - sums.rated_days AS rated_days,
        at_end.rate_sum - sums.rate_sum AS rate_sum
    FROM at_end
    JOIN sums ON sums.currency = at_end.currency AND sums.day = day_before
)

SELECT claim_id, amount AS value_usd FROM amounts WHERE currency = 'USD'
UNION ALL
SELECT claim_id, amount * rate_sum::DOUBLE / rated_days
FROM within
WHERE rated_days > 0 AND rated_days = working_days
