-- In which languages are the documents, and from how many is anything claimed?
SELECT language, count(*) AS documents, count(*) FILTER (WHERE doc_id IN (SELECT doc_id FROM claims)) AS documents_with_claims
FROM documents
GROUP BY language
ORDER BY documents DESC, language;
