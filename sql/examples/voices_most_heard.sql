-- Whose figures fill the data, and how much of what they say do others confirm or tell differently?
SELECT fact_claims.voice, count(*) AS facts,
    count(*) FILTER (WHERE facts.agreement = 'corroborated') AS confirmed,
    count(*) FILTER (WHERE facts.agreement = 'conflicting') AS told_differently
FROM fact_claims
JOIN facts ON facts.fact_id = fact_claims.fact_id
WHERE fact_claims.independent
GROUP BY fact_claims.voice
ORDER BY facts DESC, fact_claims.voice
LIMIT 20;
