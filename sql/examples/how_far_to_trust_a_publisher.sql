-- How much does each publisher give, how much of it was rejected, and how sure is the extractor of the rest?
WITH accepted AS (
    SELECT doc_id, confidence FROM trade_claims
    UNION ALL
    SELECT doc_id, confidence FROM freight_claims
    UNION ALL
    SELECT doc_id, confidence FROM agreement_claims
),

accepted_by_document AS (
    SELECT doc_id, count(*) AS claims, sum(confidence) AS confidence FROM accepted GROUP BY doc_id
),

rejected_by_document AS (
    SELECT doc_id, count(*) AS rejected FROM rejected_claims GROUP BY doc_id
)

SELECT coalesce(documents.publisher, 'unknown') AS publisher, count(*) AS documents, count(documents.duplicate_of) AS repeats,
    max(documents.published_on) AS latest,
    coalesce(sum(accepted_by_document.claims), 0)::BIGINT AS claims,
    coalesce(sum(rejected_by_document.rejected), 0)::BIGINT AS rejected,
    round(sum(accepted_by_document.confidence) / sum(accepted_by_document.claims), 2) AS mean_confidence
FROM documents
LEFT JOIN accepted_by_document ON accepted_by_document.doc_id = documents.doc_id
LEFT JOIN rejected_by_document ON rejected_by_document.doc_id = documents.doc_id
GROUP BY ALL
ORDER BY claims DESC, publisher;
