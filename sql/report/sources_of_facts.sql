-- Which claims state these facts, and with which value? First those that count for a voice, the surest first; those that their
-- text makes beside them, of another value, are `apart`.
WITH asked AS (
    SELECT DISTINCT unnest($facts) AS fact_id
),

stating AS (
    SELECT asked.fact_id, fact_claims.claim_id, fact_claims.independent, false AS apart
    FROM fact_claims
    JOIN asked ON asked.fact_id = fact_claims.fact_id
    UNION ALL
    SELECT asked.fact_id, fact_claims.claim_id, fact_claims.independent, true
    FROM fact_claims
    JOIN asked ON asked.fact_id = fact_claims.beside_fact_id
),

told AS (
    SELECT stating.*, (claims.value_low + claims.value_high) / 2 AS value, claims.bound, claims.confidence,
        claims.published_on
    FROM stating
    JOIN claims ON claims.claim_id = stating.claim_id
)

SELECT fact_id, claim_id, value, bound, apart, count(*) OVER (PARTITION BY fact_id, apart) AS stated
FROM told
QUALIFY row_number() OVER (
    PARTITION BY fact_id, apart ORDER BY independent DESC, confidence DESC, published_on DESC NULLS LAST, claim_id
) <= $most
ORDER BY fact_id, apart, independent DESC, confidence DESC, published_on DESC NULLS LAST, claim_id;
