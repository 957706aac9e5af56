-- Which texts give figures that cannot all be right, and what would fit?
SELECT inconsistencies.indicator, inconsistencies.reporter, inconsistencies.origin, inconsistencies.destination,
    inconsistencies.implied, inconsistencies.told_value, inconsistencies.worked_out_low, inconsistencies.worked_out_high,
    inconsistencies.unit, inconsistencies.arithmetic, documents.publisher, documents.published_on, claims.evidence
FROM inconsistencies
JOIN documents ON documents.doc_id = inconsistencies.doc_id
JOIN claims ON claims.claim_id = inconsistencies.claim_ids[1]
ORDER BY documents.published_on DESC NULLS LAST, inconsistencies.inconsistency_id;
