-- Which countries do claims name most, in which families, and in how many documents?
SELECT country, country_name, claims, trade_claims, freight_claims, agreement_claims, documents, latest_published_on
FROM country_coverage
ORDER BY claims DESC, country
LIMIT 20;
