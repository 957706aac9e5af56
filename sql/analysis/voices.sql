-- Who speaks, of how many facts, and how far others bear it out.
SELECT fact_claims.voice, count(*) AS facts,
    count(*) FILTER (WHERE facts.agreement = 'corroborated') AS corroborated,
    count(*) FILTER (WHERE facts.agreement = 'conflicting') AS conflicting,
    min(documents.published_on) AS first_published_on,
    max(documents.published_on) AS latest_published_on
FROM fact_claims
JOIN facts ON facts.fact_id = fact_claims.fact_id
JOIN quantity_claims() AS claims ON claims.claim_id = fact_claims.claim_id
JOIN documents ON documents.doc_id = claims.doc_id
WHERE fact_claims.independent
GROUP BY fact_claims.voice
ORDER BY fact_claims.voice;
