-- No two rows of a table that tells of refreshes, and of what they met, share its key.
WITH keys AS (
    SELECT 'refreshes' AS table_name, refresh_id AS key FROM refreshes
    UNION ALL SELECT 'document_locations', source || ' ' || uri FROM document_locations
    UNION ALL SELECT 'source_refreshes', refresh_id || ' ' || source FROM source_refreshes
)

SELECT table_name, key, count(*) AS rows
FROM keys
GROUP BY table_name, key
HAVING count(*) > 1
ORDER BY table_name, key;
