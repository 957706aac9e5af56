-- Who speaks, of how many facts, and how far others bear it out.
WITH places AS (
    SELECT claim_id, doc_id FROM trade_claims
    UNION ALL
    SELECT claim_id, doc_id FROM freight_claims
)

SELECT fact_claims.voice, count(*) AS facts,
    count(*) FILTER (WHERE facts.agreement = 'corroborated') AS corroborated,
    count(*) FILTER (WHERE facts.agreement = 'conflicting') AS conflicting,
    min(documents.published_on) AS first_published_on,
    max(documents.published_on) AS latest_published_on
FROM fact_claims
JOIN facts ON facts.fact_id = fact_claims.fact_id
JOIN places ON places.claim_id = fact_claims.claim_id
JOIN documents ON documents.doc_id = places.doc_id
WHERE fact_claims.independent
GROUP BY fact_claims.voice
ORDER BY fact_claims.voice;
