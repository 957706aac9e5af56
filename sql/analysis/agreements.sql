-- One row for each instrument: its names, sides, form and subject as its statements have them, and where it stands.
WITH statements AS (
    SELECT agreement_timeline.*, agreement_statements.full_name, agreement_claims.name, agreement_claims.form,
        agreement_claims.subject, agreement_claims.parties, agreement_claims.organisations
    FROM agreement_timeline
    JOIN agreement_statements ON agreement_statements.claim_id = agreement_timeline.claim_id
    JOIN agreement_claims ON agreement_claims.claim_id = agreement_timeline.claim_id
),

-- Suspended or terminated is where an instrument stands, unless it is told to be in force again later.
reached AS (
    SELECT statements.*,
        stages.halt AS halted,
        max(status_on) FILTER (WHERE statements.stage = in_force.stage) OVER instrument AS latest_in_force_on,
        NOT halted OR latest_in_force_on IS NULL OR coalesce(status_on >= latest_in_force_on, true) AS stands
    FROM statements
    JOIN reference_agreement_stages AS stages ON stages.status = statements.status
    JOIN reference_agreement_stages AS in_force ON in_force.status = 'in_force'
    WHERE modality = 'reported'
    WINDOW instrument AS (PARTITION BY agreement_id)
),

-- The status that leads furthest; of two that lead as far, the one told for the latest day.
furthest AS (
    SELECT agreement_id, status
    FROM reached
    WHERE stands
    QUALIFY row_number() OVER (PARTITION BY agreement_id ORDER BY stage DESC, status_on DESC NULLS LAST, status) = 1
),

-- Of the statements that tell it, the one that tells its day, else the one that leaves the least time for it; then the surest.
current_status AS (
    SELECT reached.agreement_id, reached.status, reached.stage, reached.status_on, reached.status_on_from, reached.place,
        reached.claim_id, reached.confidence
    FROM reached
    JOIN furthest ON furthest.agreement_id = reached.agreement_id AND furthest.status = reached.status
    QUALIFY row_number() OVER (
        PARTITION BY reached.agreement_id
        ORDER BY reached.status_on_from = 'text' DESC NULLS LAST, reached.status_on NULLS LAST, reached.confidence DESC,
            reached.claim_id
    ) = 1
),

place_of_status AS (
    SELECT reached.agreement_id, reached.status, arg_max(reached.place, (reached.confidence, reached.claim_id)) AS place
    FROM reached
    WHERE reached.place IS NOT NULL
    GROUP BY reached.agreement_id, reached.status
),

-- The nearest step beyond the one reached.
awaited AS (
    SELECT statements.agreement_id, statements.status, coalesce(statements.date_end, statements.date_start) AS awaited_by
    FROM statements
    LEFT JOIN current_status ON current_status.agreement_id = statements.agreement_id
    WHERE statements.modality IN ('target', 'forecast') AND statements.stage > coalesce(current_status.stage, 0)
    QUALIFY row_number() OVER (
        PARTITION BY statements.agreement_id
        ORDER BY statements.stage, statements.published_on DESC NULLS LAST, statements.confidence DESC, statements.claim_id
    ) = 1
),

-- For each instrument its commonest form and subject; one that tells nothing in particular only if there is no other; of two as
-- common, the one that is told more surely.
forms AS (
    SELECT agreement_id, form
    FROM statements
    GROUP BY agreement_id, form
    QUALIFY row_number() OVER (
        PARTITION BY agreement_id
        ORDER BY form = 'other', count(*) DESC, sum(confidence::DECIMAL(9, 6)) DESC, form
    ) = 1
),

subjects AS (
    SELECT agreement_id, subject
    FROM statements
    GROUP BY agreement_id, subject
    QUALIFY row_number() OVER (
        PARTITION BY agreement_id
        ORDER BY subject IN ('other', 'partnership'), count(*) DESC, sum(confidence::DECIMAL(9, 6)) DESC, subject
    ) = 1
),

-- The initials that the texts use for it, else those that they put behind its name.
acronyms_used AS (
    SELECT agreement_id, min(name) AS acronym
    FROM statements
    WHERE regexp_full_match(name, '[A-Z][A-Za-z0-9&+]{1,11}') AND regexp_matches(name, '[A-Z].*[A-Z]')
    GROUP BY agreement_id
),

acronyms_tied AS (
    SELECT statements.agreement_id, min(acronym_mentions.acronym) AS acronym
    FROM statements
    JOIN acronym_mentions
        ON acronym_mentions.doc_id = statements.doc_id
        AND regexp_replace(acronym_mentions.expansion, '\s+', ' ', 'g') = statements.full_name
    GROUP BY statements.agreement_id
),

together AS (
    SELECT agreement_id,
        arg_max(full_name, (length(full_name), full_name)) AS fullest_name,
        list_sort(list(DISTINCT name) FILTER (WHERE name IS NOT NULL)) AS names_told,
        arg_max(parties, (len(parties), confidence, claim_id)) AS parties,
        arg_max(organisations, (len(organisations), confidence, claim_id)) AS organisations,
        min(published_on) AS first_told_on,
        max(published_on) AS latest_told_on,
        count(DISTINCT doc_id) AS documents,
        count(DISTINCT publisher) AS publishers,
        count(*) AS claims,
        bool_or(contradiction IS NOT NULL) AS contradicted,
        arg_max(claim_id, (confidence, claim_id)) AS surest_claim_id,
        max(confidence) AS highest_confidence
    FROM statements
    GROUP BY agreement_id
)

SELECT together.agreement_id, fullest_name AS name, coalesce(names_told, []) AS names,
    coalesce(acronyms_used.acronym, acronyms_tied.acronym) AS acronym, form, subject, parties,
    organisations, current_status.status, current_status.status_on, current_status.status_on_from,
    awaited.status AS awaited_status, awaited_by, first_told_on, latest_told_on,
    coalesce(current_status.place, place_of_status.place) AS place, documents, publishers, claims, contradicted,
    coalesce(current_status.confidence, highest_confidence) AS confidence,
    coalesce(current_status.claim_id, surest_claim_id) AS claim_id
FROM together
JOIN forms ON forms.agreement_id = together.agreement_id
JOIN subjects ON subjects.agreement_id = together.agreement_id
LEFT JOIN acronyms_used ON acronyms_used.agreement_id = together.agreement_id
LEFT JOIN acronyms_tied ON acronyms_tied.agreement_id = together.agreement_id
LEFT JOIN current_status ON current_status.agreement_id = together.agreement_id
LEFT JOIN place_of_status
    ON place_of_status.agreement_id = together.agreement_id AND place_of_status.status = current_status.status
LEFT JOIN awaited ON awaited.agreement_id = together.agreement_id
ORDER BY together.agreement_id;
