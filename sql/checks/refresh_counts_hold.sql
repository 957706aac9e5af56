-- What the latest refresh says it counted is what the tables hold.
WITH latest AS (
    SELECT * FROM refreshes ORDER BY started_at DESC, refresh_id DESC LIMIT 1
),

counted AS (
    SELECT refresh_id,
        unnest([
            {'figure': 'documents_seen', 'told': documents_seen,
                'found': (SELECT count(*) FROM documents WHERE last_seen >= started_at)},
            {'figure': 'documents_other_language', 'told': documents_other_language,
                'found': (SELECT count(*) FROM documents WHERE NOT language_read)},
            {'figure': 'claims', 'told': claims, 'found': (SELECT count(*) FROM claims)},
            {'figure': 'rejected', 'told': rejected, 'found': (SELECT count(*) FROM rejected_claims)},
            {'figure': 'claims_added', 'told': claims_added, 'found': (SELECT count(*) FROM changes
                WHERE change = 'added' AND refresh_id = latest.refresh_id)},
            {'figure': 'claims_altered', 'told': claims_altered, 'found': (SELECT count(*) FROM changes
                WHERE change = 'altered' AND refresh_id = latest.refresh_id)},
            {'figure': 'claims_removed', 'told': claims_removed, 'found': (SELECT count(*) FROM changes
                WHERE change = 'removed' AND refresh_id = latest.refresh_id)},
            {'figure': 'documents_new', 'told': documents_new, 'found': if(claims_added IS NULL,
                (SELECT coalesce(sum(documents_new), 0) FROM source_refreshes WHERE refresh_id = latest.refresh_id),
                (SELECT count(*) FROM document_changes WHERE change = 'added' AND refresh_id = latest.refresh_id))},
            {'figure': 'documents_changed', 'told': documents_changed, 'found': if(claims_added IS NULL,
                (SELECT coalesce(sum(documents_changed), 0) FROM source_refreshes WHERE refresh_id = latest.refresh_id),
                (SELECT count(*) FROM document_changes
                    WHERE change = 'altered' AND list_contains(fields, 'text') AND refresh_id = latest.refresh_id))},
            {'figure': 'documents_removed', 'told': documents_removed, 'found': if(claims_added IS NULL,
                (SELECT coalesce(sum(documents_removed), 0) FROM source_refreshes WHERE refresh_id = latest.refresh_id),
                (SELECT count(*) FROM document_changes WHERE change = 'removed' AND refresh_id = latest.refresh_id))}
        ], recursive := true)
    FROM latest
)

SELECT * FROM counted WHERE told <> found ORDER BY figure;
