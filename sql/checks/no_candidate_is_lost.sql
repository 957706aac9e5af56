-- For each document, the candidates that the extractor emitted are the claims accepted and those rejected, no more, no fewer.
WITH kept AS (
    SELECT doc_id, 1 AS accepted, 0 AS rejected FROM claims
    UNION ALL
    SELECT doc_id, 0, 1 FROM rejected_claims
),

kept_by_document AS (
    SELECT doc_id, sum(accepted) AS accepted, sum(rejected) AS rejected FROM kept GROUP BY doc_id
)

SELECT doc_id, coalesce(emitted, 0) AS emitted, coalesce(accepted, 0) AS accepted, coalesce(rejected, 0) AS rejected
FROM extractions
FULL JOIN kept_by_document USING (doc_id)
WHERE coalesce(emitted, 0) <> coalesce(accepted, 0) + coalesce(rejected, 0)
ORDER BY doc_id;
