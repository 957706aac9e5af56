-- All accepted claims of the three families in one shape, each with the day, publisher and title of its document.
CREATE VIEW claims AS
WITH family_claims AS (
    SELECT claim_id, doc_id, 'trade' AS family, indicator, measure, value_low, value_high, unit,
        modality, evidence, evidence_start, evidence_end, confidence
    FROM trade_claims
    UNION ALL
    SELECT claim_id, doc_id, 'freight' AS family, indicator, measure, value_low, value_high, unit,
        modality, evidence, evidence_start, evidence_end, confidence
    FROM freight_claims
    UNION ALL
    SELECT claim_id, doc_id, 'agreement' AS family, status AS indicator, NULL AS measure, NULL AS value_low, NULL AS value_high,
        NULL AS unit, modality, evidence, evidence_start, evidence_end, confidence
    FROM agreement_claims
)

SELECT family_claims.*, documents.published_on, documents.publisher, documents.title
FROM family_claims
LEFT JOIN documents ON documents.doc_id = family_claims.doc_id;
