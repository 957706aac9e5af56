-- Which inputs could not be read, by reason?
SELECT reason, count(*) AS inputs
FROM unreadable_documents
GROUP BY reason
ORDER BY inputs DESC, reason;
