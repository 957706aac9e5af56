-- How much there is on each country or bloc. A claim counts once for a country, in whatever parts it names it.
WITH named AS (
    SELECT DISTINCT country, country_name, claim_id, doc_id, family, published_on FROM claims_by_country
)

SELECT country, country_name, count(*) AS claims,
    count(*) FILTER (WHERE family = 'trade') AS trade_claims,
    count(*) FILTER (WHERE family = 'freight') AS freight_claims,
    count(*) FILTER (WHERE family = 'agreement') AS agreement_claims,
    count(DISTINCT doc_id) AS documents,
    min(published_on) AS first_published_on,
    max(published_on) AS latest_published_on
FROM named
GROUP BY country, country_name
ORDER BY country;
