-- Each sentence or clause that carries claims, once, in documents that repeat no other.
WITH places AS (
    SELECT doc_id, evidence_start, evidence_end FROM trade_claims
    UNION
    SELECT doc_id, evidence_start, evidence_end FROM freight_claims
    UNION
    SELECT doc_id, evidence_start, evidence_end FROM agreement_claims
)

SELECT
    row_number() OVER (ORDER BY places.doc_id, places.evidence_start, places.evidence_end)::INTEGER AS sentence_id,
    places.doc_id, places.evidence_start, places.evidence_end
FROM places
JOIN documents ON documents.doc_id = places.doc_id
WHERE coalesce(documents.duplicate_of, documents.superseded_by) IS NULL;
