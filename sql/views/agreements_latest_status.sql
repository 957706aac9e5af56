-- Agreements with the latest status told of each. An agreement is known by its parties, organisations, form, subject and name.
-- What is only planned, possible or denied is no status that was reached: see targets_by_deadline for it.
CREATE VIEW agreements_latest_status AS
WITH statements AS (
    SELECT agreement_claims.*, lower(agreement_claims.name) AS name_key, documents.published_on,
        coalesce(agreement_claims.date_end, agreement_claims.date_start, documents.published_on) AS status_on
    FROM agreement_claims
    JOIN documents ON documents.doc_id = agreement_claims.doc_id
    WHERE agreement_claims.modality = 'reported' AND documents.duplicate_of IS NULL
),

ranked_statements AS (
    SELECT *,
        count(*) OVER agreement AS statements,
        min(status_on) OVER agreement AS first_status_on,
        row_number() OVER (
            agreement ORDER BY status_on DESC NULLS LAST, published_on DESC NULLS LAST, confidence DESC, claim_id
        ) AS recency
    FROM statements
    WINDOW agreement AS (PARTITION BY parties, organisations, form, subject, name_key)
)

SELECT parties, organisations, form, subject, name, status, status_on, place, statements, first_status_on,
    attributed_to, evidence, confidence, published_on, claim_id, doc_id
FROM ranked_statements
WHERE recency = 1;
