-- What did the latest refresh bring that the file before did not say?
SELECT changes.change, changes.summary, changes.previous_summary, changes.published_on, changes.publisher, changes.claim_id
FROM changes
WHERE changes.change IN ('added', 'altered')
    AND changes.refresh_id = (SELECT max_by(refresh_id, started_at) FROM refreshes WHERE status = 'published')
ORDER BY changes.published_on DESC NULLS LAST, changes.uri, changes.summary;
