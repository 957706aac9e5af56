-- No two rows of a table that tells of texts share its key. A claim_id names one claim among all families, rejected candidates
-- included.
WITH keys AS (
    SELECT 'documents' AS table_name, doc_id AS key FROM documents
    UNION ALL SELECT 'claims', claim_id FROM trade_claims
    UNION ALL SELECT 'claims', claim_id FROM freight_claims
    UNION ALL SELECT 'claims', claim_id FROM agreement_claims
    UNION ALL SELECT 'claims', claim_id FROM rejected_claims
    UNION ALL SELECT 'acronym_mentions', mention_id FROM acronym_mentions
    UNION ALL SELECT 'codes', vocabulary || ' ' || code FROM codes
    UNION ALL SELECT 'extractions', doc_id FROM extractions
    UNION ALL SELECT 'evaluation', concat_ws(' ', folder, texts, kind, figure, item) FROM evaluation
    UNION ALL SELECT 'calibration', concat_ws(' ', folder, texts, kind, confidence_low) FROM calibration
)

SELECT table_name, key, count(*) AS rows
FROM keys
GROUP BY table_name, key
HAVING count(*) > 1
ORDER BY table_name, key;
