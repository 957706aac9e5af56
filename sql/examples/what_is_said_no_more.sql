-- Which statements have left the file, when, why, and in what words were they made?
SELECT refreshes.finished_at::DATE AS gone_on, changes.cause, changes.summary, changes.evidence, changes.publisher,
    changes.published_on
FROM changes
JOIN refreshes ON refreshes.refresh_id = changes.refresh_id
WHERE changes.change = 'removed'
ORDER BY gone_on DESC, changes.publisher, changes.summary;
