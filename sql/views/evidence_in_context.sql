-- Every claim with the text before and after its evidence, up to 200 code points on each side, and where it was read.
CREATE VIEW evidence_in_context AS
WITH family_claims AS (
    SELECT claim_id, doc_id, 'trade' AS family, indicator, modality, confidence, evidence, evidence_start, evidence_end
    FROM trade_claims
    UNION ALL
    SELECT claim_id, doc_id, 'freight' AS family, indicator, modality, confidence, evidence, evidence_start, evidence_end
    FROM freight_claims
    UNION ALL
    SELECT claim_id, doc_id, 'agreement' AS family, status, modality, confidence, evidence, evidence_start, evidence_end
    FROM agreement_claims
)

SELECT family_claims.claim_id, family_claims.family, family_claims.indicator, family_claims.modality, family_claims.confidence,
    substring(
        documents.text, greatest(family_claims.evidence_start - 200, 0) + 1, least(family_claims.evidence_start, 200)
    ) AS text_before,
    family_claims.evidence,
    substring(documents.text, family_claims.evidence_end + 1, 200) AS text_after,
    documents.doc_id, documents.title, documents.publisher, documents.published_on, documents.uri
FROM family_claims
JOIN documents ON documents.doc_id = family_claims.doc_id;
