-- Agreements with the latest status told of each. An agreement is known by its parties, organisations, form, subject and name,
-- which may be told in full or by its initials. `status_on_from` says where the day of the status comes from: the `text`, a
-- `period` that the text tells, of which it is the last day, or the `publication`, by which the status was reached.
-- What is only planned, possible or denied is no status that was reached: see targets_by_deadline for it.
CREATE VIEW agreements_latest_status AS
WITH statements AS (
    SELECT agreement_claims.*, documents.published_on,
        array_to_string(regexp_extract_all(agreement_claims.name, '\b\p{Lu}'), '') AS initials,
        CASE
            WHEN regexp_full_match(agreement_claims.name, '\p{Lu}{3,}') THEN agreement_claims.name
            WHEN length(initials) > 2 THEN initials
            ELSE lower(agreement_claims.name)
        END AS name_key,
        coalesce(agreement_claims.date_end, agreement_claims.date_start, documents.published_on) AS status_on,
        CASE
            WHEN agreement_claims.date_start IS NULL AND agreement_claims.date_end IS NULL THEN 'publication'
            WHEN agreement_claims.date_start = agreement_claims.date_end THEN 'text'
            ELSE 'period'
        END AS status_on_from
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

SELECT parties, organisations, form, subject, name, status, status_on, status_on_from, place, statements, first_status_on,
    attributed_to, evidence, confidence, published_on, claim_id, doc_id
FROM ranked_statements
WHERE recency = 1;
