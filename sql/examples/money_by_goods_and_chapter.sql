-- Which goods is money told of, in US dollars whatever the currency, and in which chapters of the Harmonized System are they?
SELECT
    claims.commodity,
    chapter.target AS hs_chapter,
    chapter.exactness,
    count(*) AS claims,
    round(median(claims.value_usd) / 1e6, 1) AS median_million_usd,
    list(DISTINCT claims.unit ORDER BY claims.unit) AS currencies
FROM trade_claims AS claims
JOIN documents USING (doc_id)
LEFT JOIN code_mappings AS chapter
    ON chapter.vocabulary = 'commodities' AND chapter.code = claims.commodity AND chapter.rank = 1
WHERE claims.value_usd IS NOT NULL AND claims.measure = 'level' AND claims.commodity IS NOT NULL
    AND coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
GROUP BY ALL
ORDER BY claims DESC, claims.commodity
