-- Which publishers do the documents come from, and how much do they claim? Those with the most documents.
WITH claims_of_documents AS (
    SELECT doc_id, count(*) AS claims FROM claims GROUP BY doc_id
)

SELECT publisher, count(*) AS documents, coalesce(sum(claims), 0)::BIGINT AS claims,
    min(published_on) AS first_published_on, max(published_on) AS last_published_on, count(*) OVER () AS publishers
FROM documents
LEFT JOIN claims_of_documents USING (doc_id)
GROUP BY publisher
ORDER BY documents DESC, claims DESC, publisher
LIMIT $publishers;
