-- Who gives which figure where sources differ on the trade of a pair, and in which words?
SELECT bilateral_turnover.pair, bilateral_turnover.period_end, fact_claims.voice, trade_claims.value_text,
    fact_claims.independent, documents.published_on, trade_claims.evidence
FROM bilateral_turnover
JOIN fact_claims ON fact_claims.fact_id = bilateral_turnover.fact_id
JOIN trade_claims ON trade_claims.claim_id = fact_claims.claim_id
JOIN documents ON documents.doc_id = trade_claims.doc_id
WHERE bilateral_turnover.agreement = 'conflicting'
ORDER BY bilateral_turnover.pair, bilateral_turnover.period_end, bilateral_turnover.fact_id, fact_claims.voice,
    trade_claims.claim_id
LIMIT 200;
