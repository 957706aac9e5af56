-- How near has trade come to what was promised of it by a day, going by the latest whole year reported until then?
WITH promises AS (
    SELECT pair, reporter, partner, indicator, unit, period_end AS deadline, highest_value AS promised,
        latest_published_on AS promised_on
    FROM trade_by_pair_and_year
    WHERE modality = 'target' AND commodity IS NULL AND period_end IS NOT NULL
),

outcomes AS (
    SELECT reporter, partner, indicator, unit, period_end, lowest_value, highest_value
    FROM trade_by_pair_and_year
    WHERE modality = 'reported' AND commodity IS NULL AND whole_year
)

SELECT promises.pair, promises.indicator, promises.unit, promises.promised, promises.promised_on, promises.deadline,
    max(outcomes.period_end) AS reported_to,
    arg_max(outcomes.lowest_value, outcomes.period_end) AS lowest_reported,
    arg_max(outcomes.highest_value, outcomes.period_end) AS highest_reported,
    round(arg_max(outcomes.highest_value, outcomes.period_end) / promises.promised, 3) AS reached
FROM promises
JOIN outcomes
    ON outcomes.reporter = promises.reporter AND outcomes.partner = promises.partner
    AND outcomes.indicator = promises.indicator AND outcomes.unit = promises.unit
    AND outcomes.period_end <= promises.deadline
GROUP BY promises.pair, promises.indicator, promises.unit, promises.promised, promises.promised_on, promises.deadline
ORDER BY promises.deadline, promises.pair, promises.indicator, promises.promised;
