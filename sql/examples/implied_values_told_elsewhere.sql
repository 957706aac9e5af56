-- Where one text implies what another tells, do the two fit each other?
WITH told_elsewhere AS (
    SELECT * FROM implied_values WHERE told_by_claim_id IS NOT NULL
),

in_words AS NOT MATERIALIZED (
    SELECT claim_id, doc_id, evidence FROM trade_claims
    UNION ALL
    SELECT claim_id, doc_id, evidence FROM freight_claims
)

SELECT told_elsewhere.indicator, told_elsewhere.reporter, told_elsewhere.partner, told_elsewhere.corridor,
    told_elsewhere.period_start, told_elsewhere.period_end, told_elsewhere.arithmetic, told_elsewhere.value_low,
    told_elsewhere.value_high, told_elsewhere.told_value, told_elsewhere.fits_told, in_words.evidence, documents.publisher
FROM told_elsewhere
JOIN in_words ON in_words.claim_id = told_elsewhere.told_by_claim_id
JOIN documents ON documents.doc_id = in_words.doc_id
ORDER BY told_elsewhere.fits_told, told_elsewhere.indicator, told_elsewhere.implied_id;
