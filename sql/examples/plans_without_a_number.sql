-- Which agreements, openings and works are planned or expected, by whom, and for when?
WITH plans AS (
    SELECT claim_id, doc_id, form || ' to be ' || status AS plan, subject AS about, parties AS who, date_end AS due, modality,
        evidence
    FROM agreement_claims
    WHERE modality IN ('target', 'forecast')
    UNION ALL
    SELECT claim_id, doc_id, indicator, coalesce(corridor, commodity, mode), reporter, period_end, modality, evidence
    FROM freight_claims
    WHERE measure = 'event' AND modality IN ('target', 'forecast')
    UNION ALL
    SELECT claim_id, doc_id, indicator, commodity, reporter, period_end, modality, evidence
    FROM trade_claims
    WHERE measure = 'event' AND modality IN ('target', 'forecast')
)

SELECT plans.due, plans.plan, plans.about, plans.who, plans.modality, documents.published_on, plans.evidence
FROM plans
JOIN documents ON documents.doc_id = plans.doc_id
WHERE coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
ORDER BY plans.due DESC NULLS LAST, documents.published_on DESC, plans.claim_id
LIMIT 100;
