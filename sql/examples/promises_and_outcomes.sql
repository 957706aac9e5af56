-- What became of the goals and forecasts that fell due last: met or missed, by what figure, and what comes near if none fits?
SELECT state, indicator, reporter, partner, corridor, value_high AS promised, unit, announced_on, deadline,
    coalesce(latest_value, partial_value) AS reported, coalesce(latest_period_end, partial_period_end) AS reported_to,
    round(achieved_percent, 1) AS achieved_percent, latest_disputed, latest_lowest_value, latest_highest_value,
    near_value, near_differs_by, evidence AS promise, outcome_evidence AS outcome
FROM (
    SELECT *
    FROM targets
    WHERE state <> 'open' AND outcome_evidence IS NOT NULL
    ORDER BY state = 'unknown', deadline DESC NULLS LAST, target_id
    LIMIT 50
)
ORDER BY state, deadline DESC NULLS LAST, target_id;
