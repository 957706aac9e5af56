-- How each source fared when it was last tried, when it was last read, and what it holds now.
CREATE VIEW source_status AS
WITH trials AS (
    -- a source that was not asked, and only read again from what is kept, stands as it did before
    SELECT * FROM source_refreshes
    QUALIFY status <> 'read_again' OR bool_and(status = 'read_again') OVER (PARTITION BY source)
),

last_trials AS (
    SELECT source, max(finished_at) AS last_tried,
        max(finished_at) FILTER (
            WHERE status IN ('read', 'partly_read') OR (status = 'extraction_failed' AND documents_seen > 0)
        ) AS last_read,
        arg_max(status, finished_at) AS last_outcome,
        -- not arg_max, which skips NULL and would show the error of an earlier trial
        last(detail ORDER BY finished_at) AS detail
    FROM trials
    GROUP BY source
),

documents_held AS (
    SELECT source, count(DISTINCT doc_id) AS documents
    FROM document_locations
    GROUP BY source
),

inputs_not_read AS (
    SELECT source, count(*) AS unreadable
    FROM unreadable_documents
    GROUP BY source
),

-- what was extracted and not rejected, as a check proves
claims_extracted AS (
    SELECT documents.source, sum(extractions.emitted) AS emitted
    FROM extractions
    JOIN documents ON documents.doc_id = extractions.doc_id
    GROUP BY documents.source
),

claims_rejected AS (
    SELECT documents.source, count(*) AS rejected
    FROM rejected_claims
    JOIN documents ON documents.doc_id = rejected_claims.doc_id
    GROUP BY documents.source
)

SELECT source, last_tried, last_outcome, detail, last_read,
    coalesce(documents, 0) AS documents,
    coalesce(unreadable, 0) AS unreadable,
    coalesce(emitted, 0) - coalesce(rejected, 0) AS claims
FROM last_trials
LEFT JOIN documents_held USING (source)
LEFT JOIN inputs_not_read USING (source)
LEFT JOIN claims_extracted USING (source)
LEFT JOIN claims_rejected USING (source)
WHERE last_outcome <> 'retired';
