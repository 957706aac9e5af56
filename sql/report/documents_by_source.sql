-- What does each source hold, and how did reading it end?
SELECT source, documents, claims, unreadable, last_read, last_outcome, detail
FROM source_status
ORDER BY source;
