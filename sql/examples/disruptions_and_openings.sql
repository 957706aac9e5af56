-- What was opened, built, closed or restricted last, who did it, and in which words is it told?
WITH latest_events AS (
    SELECT * FROM facts
    WHERE measure = 'event' AND modality = 'reported'
    ORDER BY coalesce(period_end, period_start, latest_published_on) DESC NULLS LAST, fact_id
    LIMIT 100
)

SELECT coalesce(latest_events.period_end, latest_events.period_start, latest_events.latest_published_on) AS told_for,
    latest_events.indicator, latest_events.reporter AS actor, latest_events.origin, latest_events.destination,
    latest_events.corridor, latest_events.commodity, latest_events.voices, claims.evidence
FROM latest_events
JOIN claims ON claims.claim_id = latest_events.claim_id
ORDER BY told_for DESC NULLS LAST, latest_events.fact_id;
