-- Every claim with the text before and after its evidence, up to 200 code points on each side, and where it was read.
CREATE VIEW evidence_in_context AS
SELECT claims.claim_id, claims.family, claims.indicator, claims.modality, claims.confidence,
    substring(documents.text, greatest(claims.evidence_start - 200, 0) + 1, least(claims.evidence_start, 200)) AS text_before,
    claims.evidence,
    substring(documents.text, claims.evidence_end + 1, 200) AS text_after,
    documents.doc_id, documents.title, documents.publisher, documents.published_on, documents.uri
FROM claims
JOIN documents ON documents.doc_id = claims.doc_id;
