-- Which words carry these claims, what was read in them, and where do they stand?
WITH cited AS (
    SELECT DISTINCT unnest($claims) AS claim_id
),

numbers AS (
    SELECT 'trade' AS family, * FROM trade_claims
    UNION ALL BY NAME
    SELECT 'freight' AS family, * FROM freight_claims
),

statements AS (
    SELECT claim_id, doc_id, family, indicator, measure, value_low, value_high, bound, unit, reporter, partner, origin,
        destination, corridor, mode, commodity, period_start, period_end, modality, attributed_to, evidence,
        value_start - evidence_start AS value_from, value_end - evidence_start AS value_to, confidence
    FROM numbers
    JOIN cited USING (claim_id)
    UNION ALL BY NAME
    SELECT claim_id, doc_id, 'agreement' AS family, name, form, subject, status, parties, organisations, place,
        date_start AS period_start, date_end AS period_end, modality, attributed_to, evidence, confidence
    FROM agreement_claims
    JOIN cited USING (claim_id)
)

SELECT statements.*, documents.title, documents.publisher, documents.published_on, documents.uri, documents.file_name
FROM statements
JOIN documents USING (doc_id)
ORDER BY claim_id;
