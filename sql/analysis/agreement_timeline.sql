-- Every statement about an instrument, on a line of time, and what of the others does not go together with it. For each
-- instrument and status only the statement that says most is compared: the earliest that tells it as reached, and the latest
-- that tells it as not yet reached, or as still planned.
WITH statements AS (
    SELECT agreement_statements.agreement_id, reference_agreement_stages.stage, agreement_claims.*, documents.published_on,
        documents.publisher,
        coalesce(agreement_claims.date_end, agreement_claims.date_start) AS told_for,
        -- What is a fact came about before it was told, whatever the end of the time that the text tells ("this year").
        if(modality = 'reported', least(told_for, published_on), coalesce(told_for, published_on)) AS status_on,
        CASE
            WHEN status_on IS NULL THEN NULL
            WHEN told_for IS NULL THEN 'publication'
            WHEN agreement_claims.date_start = agreement_claims.date_end THEN 'text'
            ELSE 'period'
        END AS status_on_from
    FROM agreement_statements
    JOIN agreement_claims ON agreement_claims.claim_id = agreement_statements.claim_id
    JOIN documents ON documents.doc_id = agreement_claims.doc_id
    JOIN reference_agreement_stages ON reference_agreement_stages.status = agreement_claims.status
),

reached AS (
    SELECT agreement_id, doc_id, status, stage, claim_id, status_on, date_start AS not_before, told_for AS not_after
    FROM statements
    WHERE modality = 'reported' AND status_on IS NOT NULL
),

-- Steps that are taken once for all parties together.
steps AS (
    SELECT status, stage FROM reference_agreement_stages WHERE once
),

earliest_reached AS (
    SELECT agreement_id, status, arg_min(claim_id, (status_on, claim_id)) AS claim_id,
        arg_min(doc_id, (status_on, claim_id)) AS doc_id, min(status_on) AS status_on
    FROM reached
    WHERE status IN (SELECT status FROM steps)
    GROUP BY agreement_id, status
),

-- Whoever tells that a step was taken tells that the steps before it were.
taken AS (
    SELECT earliest_reached.agreement_id, steps.status,
        arg_min(earliest_reached.claim_id, (earliest_reached.status_on, earliest_reached.claim_id)) AS claim_id,
        arg_min(earliest_reached.doc_id, (earliest_reached.status_on, earliest_reached.claim_id)) AS doc_id,
        min(earliest_reached.status_on) AS status_on
    FROM earliest_reached
    JOIN steps AS step_taken ON step_taken.status = earliest_reached.status
    JOIN steps ON steps.stage <= step_taken.stage
    GROUP BY earliest_reached.agreement_id, steps.status
),

-- What a text says of a step that it holds not to have been taken, on its day of publication.
not_taken AS (
    SELECT claim_id, doc_id, agreement_id, status, published_on,
        if(modality = 'negated', 'not_yet_reached_after_reached', 'planned_after_reached') AS contradiction
    FROM statements
    WHERE modality IN ('negated', 'target', 'forecast') AND status IN (SELECT status FROM steps)
),

taken_in_text AS (
    SELECT agreement_id, doc_id, status, min(claim_id) AS claim_id
    FROM reached
    WHERE status IN (SELECT status FROM steps)
    GROUP BY agreement_id, doc_id, status
),

denied_in_text AS (
    SELECT not_taken.claim_id, taken_in_text.claim_id AS contradicting_claim_id
    FROM not_taken
    JOIN taken_in_text
        ON taken_in_text.agreement_id = not_taken.agreement_id
        AND taken_in_text.doc_id = not_taken.doc_id
        AND taken_in_text.status = not_taken.status
    WHERE not_taken.contradiction = 'not_yet_reached_after_reached'
),

denied_elsewhere AS (
    SELECT not_taken.claim_id, taken.claim_id AS contradicting_claim_id
    FROM not_taken
    JOIN taken
        ON taken.agreement_id = not_taken.agreement_id
        AND taken.status = not_taken.status
        AND taken.status_on < not_taken.published_on
        AND (taken.doc_id <> not_taken.doc_id OR not_taken.contradiction = 'not_yet_reached_after_reached')
),

-- Joined by the claim alone: an outer join that asks something of one side alone compares each with each.
denials AS (
    SELECT not_taken.claim_id, not_taken.contradiction, not_taken.published_on,
        coalesce(denied_in_text.contradicting_claim_id, denied_elsewhere.contradicting_claim_id) AS contradicting_claim_id
    FROM not_taken
    LEFT JOIN denied_in_text ON denied_in_text.claim_id = not_taken.claim_id
    LEFT JOIN denied_elsewhere ON denied_elsewhere.claim_id = not_taken.claim_id
    WHERE denied_in_text.claim_id IS NOT NULL OR denied_elsewhere.claim_id IS NOT NULL
),

latest_start AS (
    SELECT agreement_id, stage, arg_max(claim_id, (not_before, claim_id)) AS claim_id, max(not_before) AS not_before
    FROM reached
    WHERE not_before IS NOT NULL AND status IN (SELECT status FROM steps)
    GROUP BY agreement_id, stage
),

earliest_end AS (
    SELECT agreement_id, stage, arg_min(claim_id, (not_after, claim_id)) AS claim_id, min(not_after) AS not_after
    FROM reached
    WHERE not_after IS NOT NULL AND status IN (SELECT status FROM steps)
    GROUP BY agreement_id, stage
),

wrong_days AS (
    SELECT latest_start.claim_id, earliest_end.claim_id AS contradicting_claim_id,
        if(earliest_end.stage = latest_start.stage, 'dated_otherwise', 'earlier_status_dated_later') AS contradiction
    FROM latest_start
    JOIN earliest_end
        ON earliest_end.agreement_id = latest_start.agreement_id
        AND earliest_end.stage >= latest_start.stage
        AND earliest_end.not_after < latest_start.not_before
),

contradictions AS (
    SELECT claim_id, contradiction, contradicting_claim_id FROM denials
    UNION ALL
    SELECT contradicting_claim_id, contradiction, claim_id FROM denials
    UNION ALL
    SELECT claim_id, contradiction, contradicting_claim_id FROM wrong_days
    UNION ALL
    SELECT contradicting_claim_id, contradiction, claim_id FROM wrong_days
),

plainest_contradiction AS (
    SELECT claim_id, contradiction, contradicting_claim_id
    FROM contradictions
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY contradiction, contradicting_claim_id) = 1
)

SELECT statements.agreement_id, statements.claim_id, statements.status, statements.stage, statements.modality,
    statements.date_start, statements.date_end, statements.status_on, statements.status_on_from, statements.published_on,
    statements.publisher, statements.place, statements.attributed_to, statements.evidence, statements.confidence,
    plainest_contradiction.contradiction, plainest_contradiction.contradicting_claim_id, statements.doc_id
FROM statements
LEFT JOIN plainest_contradiction ON plainest_contradiction.claim_id = statements.claim_id
ORDER BY statements.agreement_id, statements.status_on, statements.published_on, statements.claim_id;
