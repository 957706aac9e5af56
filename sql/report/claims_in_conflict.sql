-- Who says what, in these conflicts? One claim for each voice and value.
WITH asked AS (
    SELECT DISTINCT unnest($claims) AS claim_id
)

SELECT claims.claim_id, claims.value_low, claims.value_high, claims.bound, claims.unit, claims.measure, claims.confidence,
    claims.publisher, claims.published_on, claims.attributed_to, claims.period_start, claims.period_end
FROM claims
JOIN asked USING (claim_id)
ORDER BY claims.value_low, claims.published_on NULLS LAST, claims.claim_id;
