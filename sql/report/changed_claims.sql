-- Which claims did this refresh change? Those told otherwise first, then those that left, then the surest that came.
SELECT changes.*, claims.confidence
FROM changes
LEFT JOIN claims ON claims.claim_id = changes.claim_id
WHERE changes.refresh_id = $refresh AND change IN ('added', 'altered', 'removed')
ORDER BY change = 'altered' DESC, change = 'removed' DESC, claims.confidence DESC NULLS LAST,
    changes.published_on DESC NULLS LAST,
    changes.claim_id, changes.previous_claim_id
LIMIT $changes;
