-- How much does each publisher give, how much of it was rejected, and how sure is the extractor of the rest?
WITH claims_by_publisher AS (
    SELECT coalesce(publisher, 'unknown') AS publisher, count(*) AS claims, avg(confidence) AS mean_confidence
    FROM claims
    GROUP BY ALL
),

documents_by_publisher AS (
    SELECT coalesce(publisher, 'unknown') AS publisher, count(*) AS documents,
        count(duplicate_of) AS repeats, max(published_on) AS latest
    FROM documents
    GROUP BY ALL
),

rejected_by_publisher AS (
    SELECT coalesce(documents.publisher, 'unknown') AS publisher, count(*) AS rejected
    FROM rejected_claims
    JOIN documents ON documents.doc_id = rejected_claims.doc_id
    GROUP BY ALL
)

SELECT publisher, documents, repeats, latest, coalesce(claims, 0) AS claims, coalesce(rejected, 0) AS rejected,
    round(mean_confidence, 2) AS mean_confidence
FROM documents_by_publisher
LEFT JOIN claims_by_publisher USING (publisher)
LEFT JOIN rejected_by_publisher USING (publisher)
ORDER BY claims DESC, publisher;
