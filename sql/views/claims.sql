-- All accepted claims of the three families in one shape, each with the day, publisher and title of its document. `places` are
-- all countries and blocs that the claim names, in whatever part; the period of an agreement is when its status came about.
CREATE VIEW claims AS
WITH family_claims AS (
    SELECT claim_id, doc_id, 'trade' AS family, indicator, measure, value_low, value_high, unit,
        modality, evidence, evidence_start, evidence_end, confidence,
        list_sort(list_distinct(reporter || partner || origin || destination)) AS places, corridor, mode, commodity,
        period_start, period_end, attributed_to, bound
    FROM trade_claims
    UNION ALL
    SELECT claim_id, doc_id, 'freight' AS family, indicator, measure, value_low, value_high, unit,
        modality, evidence, evidence_start, evidence_end, confidence,
        list_sort(list_distinct(reporter || partner || origin || destination)), corridor, mode, commodity,
        period_start, period_end, attributed_to, bound
    FROM freight_claims
    UNION ALL
    SELECT claim_id, doc_id, 'agreement' AS family, status AS indicator, NULL AS measure, NULL AS value_low, NULL AS value_high,
        NULL AS unit, modality, evidence, evidence_start, evidence_end, confidence,
        parties, NULL AS corridor, NULL AS mode, NULL AS commodity, date_start, date_end, attributed_to, NULL AS bound
    FROM agreement_claims
)

SELECT family_claims.* EXCLUDE (places, corridor, mode, commodity, period_start, period_end, attributed_to, bound),
    documents.published_on, documents.publisher, documents.title,
    places, corridor, mode, commodity, period_start, period_end, attributed_to, bound
FROM family_claims
LEFT JOIN documents ON documents.doc_id = family_claims.doc_id;
