-- Replayed from the first refresh on, the changes lead to exactly the claims of the file. What a store held before it kept a
-- log of changes is in none; then there are published refreshes without counts of them.
WITH turns AS (
    SELECT refresh_id, row_number() OVER (ORDER BY started_at, refresh_id) AS turn FROM refreshes
),

events AS (
    SELECT changes.claim_id, 2 * turns.turn + 1 AS moment
    FROM changes JOIN turns ON turns.refresh_id = changes.refresh_id
    WHERE changes.claim_id IS NOT NULL
    UNION ALL
    SELECT changes.previous_claim_id, 2 * turns.turn
    FROM changes JOIN turns ON turns.refresh_id = changes.refresh_id
    WHERE changes.previous_claim_id IS NOT NULL
),

replayed AS (
    SELECT claim_id, max(moment) % 2 = 1 AS there FROM events GROUP BY claim_id
),

log AS (
    SELECT bool_and(claims_added IS NOT NULL) AS whole FROM refreshes WHERE status = 'published'
)

SELECT coalesce(replayed.claim_id, claims.claim_id) AS claim_id, replayed.there AS told, claims.claim_id IS NOT NULL AS found
FROM replayed
FULL JOIN claims ON claims.claim_id = replayed.claim_id
CROSS JOIN log
WHERE coalesce(replayed.there <> (claims.claim_id IS NOT NULL), log.whole)
ORDER BY ALL;
