-- What does the file hold, over which time, and which refresh made it?
WITH latest_refresh AS (
    SELECT refresh_id, finished_at, extractor_version
    FROM refreshes
    ORDER BY started_at DESC, finished_at DESC
    LIMIT 1
),

held AS (
    SELECT count(*) AS documents,
        count(DISTINCT publisher) AS publishers,
        count(DISTINCT source) AS sources,
        count(*) FILTER (WHERE duplicate_of IS NOT NULL) AS repeats,
        count(*) FILTER (WHERE superseded_by IS NOT NULL) AS superseded,
        count(*) FILTER (WHERE NOT language_read) AS other_language,
        count(*) FILTER (WHERE published_on IS NULL) AS undated,
        min(published_on) AS first_published_on,
        -- a document cannot be newer than the refresh that saw it
        max(least(published_on, timezone('UTC', last_seen)::DATE)) FILTER (WHERE published_on IS NOT NULL)
            AS last_published_on
    FROM documents
)

SELECT held.*, latest_refresh.*,
    (SELECT count(*) FROM trade_claims) AS trade_claims,
    (SELECT count(*) FROM freight_claims) AS freight_claims,
    (SELECT count(*) FROM agreement_claims) AS agreement_claims,
    (SELECT count(*) FROM rejected_claims) AS rejected,
    (SELECT count(*) FROM unreadable_documents) AS unreadable
FROM held
LEFT JOIN latest_refresh ON true;
