-- Which targets for a pair's trade can be held against an amount reported for the year they were due?
WITH targets AS (
    SELECT pair, indicator, unit, year, max(highest_value) AS target, max(latest_published_on) AS promised_on
    FROM trade_by_pair_and_year
    WHERE modality = 'target' AND commodity IS NULL
    GROUP BY ALL
),

outcomes AS (
    SELECT pair, indicator, unit, year, max(highest_value) AS outcome
    FROM trade_by_pair_and_year
    WHERE modality = 'reported' AND whole_year AND commodity IS NULL
    GROUP BY ALL
)

SELECT pair, indicator, year, unit, target, outcome, round(outcome / target, 3) AS reached, promised_on
FROM targets
LEFT JOIN outcomes USING (pair, indicator, unit, year)
ORDER BY year, pair, indicator;
