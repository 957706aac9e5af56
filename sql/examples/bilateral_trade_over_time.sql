-- How has trade between Kazakhstan and China developed, year by year, and who said so?
WITH pair_by_year AS (
    SELECT * FROM trade_by_pair_and_year
    WHERE pair = 'CHN-KAZ' AND indicator = 'turnover' AND unit = 'USD' AND modality = 'reported' AND commodity IS NULL
)

SELECT pair_by_year.year, pair_by_year.whole_year, pair_by_year.latest_value_high / 1e9 AS billion_usd,
    pair_by_year.claims, documents.publisher, trade_claims.evidence
FROM pair_by_year
JOIN trade_claims ON trade_claims.claim_id = pair_by_year.latest_claim_id
JOIN documents ON documents.doc_id = trade_claims.doc_id
ORDER BY pair_by_year.year, pair_by_year.period_end;
