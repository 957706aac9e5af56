-- What was opened, built, closed or restricted, in order of time?
WITH events AS (
    SELECT * FROM trade_claims WHERE measure = 'event'
    UNION ALL
    SELECT * FROM freight_claims WHERE measure = 'event'
)

SELECT coalesce(events.period_start, events.period_end, documents.published_on) AS told_for, events.indicator, events.modality,
    events.reporter AS actor, events.origin, events.destination, events.corridor, events.commodity, events.evidence
FROM events
JOIN documents ON documents.doc_id = events.doc_id
WHERE documents.duplicate_of IS NULL
ORDER BY told_for NULLS LAST, events.claim_id;
