-- For which reasons were candidates rejected?
SELECT family, reason, candidates, documents
FROM rejections_by_reason
ORDER BY candidates DESC, family, reason
LIMIT 20;
