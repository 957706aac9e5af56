-- Which documents did this refresh change?
FROM document_changes
WHERE refresh_id = $refresh
ORDER BY change = 'altered' DESC, change = 'removed' DESC, published_on DESC NULLS LAST, title, doc_id, previous_doc_id
LIMIT $changes;
