-- Which countries do claims name most, in which families, and in how many documents?
SELECT country, country_name,
    count(DISTINCT claim_id) AS claims,
    count(DISTINCT claim_id) FILTER (WHERE family = 'trade') AS trade,
    count(DISTINCT claim_id) FILTER (WHERE family = 'freight') AS freight,
    count(DISTINCT claim_id) FILTER (WHERE family = 'agreement') AS agreements,
    count(DISTINCT doc_id) AS documents
FROM claims_by_country
GROUP BY country, country_name
ORDER BY claims DESC, country
LIMIT 20;
