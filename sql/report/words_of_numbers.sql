-- In which words do the texts of these claims tell their numbers?
WITH asked AS (
    SELECT DISTINCT unnest($claims) AS claim_id
)

SELECT claims.claim_id, claims.evidence, claims.value_start - claims.evidence_start AS value_from,
    claims.value_end - claims.evidence_start AS value_to
FROM quantity_claims() AS claims
JOIN asked ON asked.claim_id = claims.claim_id
WHERE claims.value_start IS NOT NULL
ORDER BY claims.claim_id;
