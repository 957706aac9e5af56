-- What became of the goals and forecasts that fell due last: met or missed, by what figure, and what comes near if none fits?
WITH fallen_due AS (
    SELECT *, coalesce(latest_claim_id, partial_claim_id, near_claim_id) AS outcome_claim_id
    FROM targets
    WHERE state <> 'open' AND outcome_claim_id IS NOT NULL
    ORDER BY state = 'unknown', deadline DESC NULLS LAST, target_id
    LIMIT 50
),

promises AS (
    SELECT claim_id, evidence FROM trade_claims WHERE modality IN ('target', 'forecast')
    UNION ALL
    SELECT claim_id, evidence FROM freight_claims WHERE modality IN ('target', 'forecast')
),

outcomes AS (
    SELECT claim_id, evidence FROM trade_claims WHERE modality = 'reported' AND measure <> 'event'
    UNION ALL
    SELECT claim_id, evidence FROM freight_claims WHERE modality = 'reported' AND measure <> 'event'
)

SELECT fallen_due.state, fallen_due.indicator, fallen_due.reporter, fallen_due.partner, fallen_due.corridor,
    fallen_due.value_high AS promised, fallen_due.unit, fallen_due.announced_on, fallen_due.deadline,
    coalesce(fallen_due.latest_value, fallen_due.partial_value) AS reported,
    coalesce(fallen_due.latest_period_end, fallen_due.partial_period_end) AS reported_to,
    round(fallen_due.achieved_percent, 1) AS achieved_percent, fallen_due.latest_disputed,
    fallen_due.latest_lowest_value, fallen_due.latest_highest_value,
    fallen_due.near_value, fallen_due.near_differs_by, promises.evidence AS promise, outcomes.evidence AS outcome
FROM fallen_due
JOIN promises ON promises.claim_id = fallen_due.claim_id
JOIN outcomes ON outcomes.claim_id = fallen_due.outcome_claim_id
ORDER BY fallen_due.state, fallen_due.deadline DESC NULLS LAST, fallen_due.target_id;
