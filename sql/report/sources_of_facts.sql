-- Which claims state these facts, and with which value? First those that count for a voice, the surest first.
WITH asked AS (
    SELECT DISTINCT unnest($facts) AS fact_id
)

SELECT fact_claims.fact_id, fact_claims.claim_id, (claims.value_low + claims.value_high) / 2 AS value,
    count(*) OVER (PARTITION BY fact_claims.fact_id) AS stated
FROM fact_claims
JOIN asked ON asked.fact_id = fact_claims.fact_id
JOIN claims ON claims.claim_id = fact_claims.claim_id
QUALIFY row_number() OVER (
    PARTITION BY fact_claims.fact_id
    ORDER BY fact_claims.independent DESC, claims.confidence DESC, claims.published_on DESC NULLS LAST, fact_claims.claim_id
) <= $most
ORDER BY fact_claims.fact_id, fact_claims.independent DESC, claims.confidence DESC, claims.published_on DESC NULLS LAST,
    fact_claims.claim_id;
