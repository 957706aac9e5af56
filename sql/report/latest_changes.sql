-- Which refresh changed something last, when was it published, and how much did it change?
WITH published AS (
    SELECT refresh_id, finished_at, started_at,
        row_number() OVER (ORDER BY started_at, finished_at, refresh_id) AS place,
        count(*) OVER () AS refreshes
    FROM refreshes
    WHERE status = 'published'
),

counted AS (
    SELECT refresh_id,
        count(*) FILTER (WHERE change = 'added') AS claims_added,
        count(*) FILTER (WHERE change = 'altered') AS claims_altered,
        count(*) FILTER (WHERE change = 'removed') AS claims_removed
    FROM changes
    GROUP BY refresh_id
),

counted_documents AS (
    SELECT refresh_id,
        count(*) FILTER (WHERE change = 'added') AS documents_added,
        count(*) FILTER (WHERE change = 'altered') AS documents_altered,
        count(*) FILTER (WHERE change = 'removed') AS documents_removed
    FROM document_changes
    GROUP BY refresh_id
)

SELECT published.refresh_id, published.finished_at, published.place = 1 AS is_first,
    published.place = published.refreshes AS is_latest,
    coalesce(claims_added, 0) AS claims_added, coalesce(claims_altered, 0) AS claims_altered,
    coalesce(claims_removed, 0) AS claims_removed, coalesce(documents_added, 0) AS documents_added,
    coalesce(documents_altered, 0) AS documents_altered, coalesce(documents_removed, 0) AS documents_removed
FROM published
LEFT JOIN counted ON counted.refresh_id = published.refresh_id
LEFT JOIN counted_documents ON counted_documents.refresh_id = published.refresh_id
WHERE counted.refresh_id IS NOT NULL OR counted_documents.refresh_id IS NOT NULL
ORDER BY published.started_at DESC, published.finished_at DESC, published.refresh_id DESC
LIMIT 1;
