-- How has trade between Kazakhstan and China developed, period by period, and who said so?
SELECT trade_claims.period_start, trade_claims.period_end, trade_claims.value_low / 1e9 AS lowest_billion,
    trade_claims.value_high / 1e9 AS highest_billion, trade_claims.unit, trade_claims.attributed_to, documents.publisher,
    documents.published_on, trade_claims.evidence
FROM trade_claims
JOIN documents ON documents.doc_id = trade_claims.doc_id
WHERE list_contains(trade_claims.reporter || trade_claims.partner, 'KAZ')
    AND list_contains(trade_claims.reporter || trade_claims.partner, 'CHN')
    AND trade_claims.indicator = 'turnover' AND trade_claims.measure = 'level' AND trade_claims.unit = 'USD'
    AND trade_claims.modality = 'reported' AND trade_claims.commodity IS NULL AND documents.duplicate_of IS NULL
ORDER BY trade_claims.period_end NULLS LAST, trade_claims.period_start, documents.published_on, trade_claims.claim_id;
