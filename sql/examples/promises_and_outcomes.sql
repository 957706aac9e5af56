-- What became of the goals and forecasts that fell due: met or missed, by what figure, and what comes near where nothing fits?
SELECT targets.state, targets.indicator, targets.reporter, targets.partner, targets.corridor, targets.value_high AS promised,
    targets.unit, targets.announced_on, targets.deadline,
    coalesce(targets.latest_value, targets.partial_value) AS reported,
    coalesce(targets.latest_period_end, targets.partial_period_end) AS reported_to,
    round(targets.achieved_percent, 1) AS achieved_percent,
    targets.near_value, targets.near_differs_by, promise.evidence AS promise, outcome.evidence AS outcome
FROM targets
JOIN claims AS promise ON promise.claim_id = targets.claim_id
LEFT JOIN claims AS outcome
    ON outcome.claim_id = coalesce(targets.latest_claim_id, targets.partial_claim_id, targets.near_claim_id)
WHERE targets.state <> 'open' AND targets.not_compared_because IS NULL
ORDER BY targets.state, targets.deadline NULLS LAST, targets.target_id;
