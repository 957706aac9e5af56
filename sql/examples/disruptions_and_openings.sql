-- Of what texts tell as an event of trade or freight, and not of wars, storms or strikes without one: what was opened, built,
-- closed or restricted last, who did it, and in which words is it told?
WITH latest_events AS (
    SELECT * FROM facts
    WHERE measure = 'event' AND modality = 'reported'
    ORDER BY coalesce(period_end, period_start, latest_published_on) DESC NULLS LAST, fact_id
    LIMIT 50
),

in_words AS (
    SELECT claim_id, evidence FROM trade_claims WHERE measure = 'event'
    UNION ALL
    SELECT claim_id, evidence FROM freight_claims WHERE measure = 'event'
)

SELECT coalesce(latest_events.period_end, latest_events.period_start, latest_events.latest_published_on) AS told_for,
    latest_events.indicator, latest_events.reporter AS actor, latest_events.origin, latest_events.destination,
    latest_events.corridor, latest_events.commodity, latest_events.voices, in_words.evidence
FROM latest_events
JOIN in_words ON in_words.claim_id = latest_events.claim_id
ORDER BY told_for DESC NULLS LAST, latest_events.fact_id;
