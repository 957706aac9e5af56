-- Every claim's value_text is the text of its document at its offsets, counted in code points, and lies within the evidence.
WITH quantities AS (
    SELECT claim_id, doc_id, value_text, value_start, value_end, evidence_start, evidence_end FROM trade_claims
    UNION ALL
    SELECT claim_id, doc_id, value_text, value_start, value_end, evidence_start, evidence_end FROM freight_claims
),

located_values AS (
    SELECT quantities.*, substring(documents.text, value_start + 1, value_end - value_start) AS found
    FROM quantities
    LEFT JOIN documents ON documents.doc_id = quantities.doc_id
    WHERE value_text IS NOT NULL OR value_start IS NOT NULL OR value_end IS NOT NULL
)

SELECT claim_id, doc_id, value_text, value_start, value_end, found FROM located_values
WHERE found IS DISTINCT FROM value_text OR value_start >= value_end OR value_start < evidence_start OR value_end > evidence_end;
