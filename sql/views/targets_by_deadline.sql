-- Targets and forecasts of all families by the day on which they fall due; NULL, at the end, where no day is told.
CREATE VIEW targets_by_deadline AS
WITH announcements AS (
    SELECT claim_id, doc_id, 'trade' AS family, modality, period_end AS deadline, indicator, measure, value_low, value_high,
        bound, unit, reporter AS parties, partner AS counterparties, corridor, commodity, attributed_to, evidence, confidence
    FROM trade_claims
    UNION ALL
    SELECT claim_id, doc_id, 'freight', modality, period_end, indicator, measure, value_low, value_high,
        bound, unit, reporter, partner, corridor, commodity, attributed_to, evidence, confidence
    FROM freight_claims
    UNION ALL
    SELECT claim_id, doc_id, 'agreement', modality, date_end, status, NULL, NULL, NULL,
        NULL, NULL, parties, [], NULL, NULL, attributed_to, evidence, confidence
    FROM agreement_claims
)

SELECT announcements.*, documents.published_on, documents.publisher, documents.title
FROM announcements
JOIN documents ON documents.doc_id = announcements.doc_id
WHERE announcements.modality IN ('target', 'forecast') AND documents.duplicate_of IS NULL
ORDER BY announcements.deadline NULLS LAST, announcements.claim_id;
