-- A document lies somewhere, was first seen before it was last seen, and repeats, if any, one that repeats none.
WITH faults AS (
    SELECT doc_id, 'lies nowhere' AS fault FROM documents
    ANTI JOIN document_locations ON document_locations.doc_id = documents.doc_id
    UNION ALL
    SELECT doc_id, 'last seen before first' FROM documents WHERE last_seen < first_seen
    UNION ALL
    SELECT doc_id, 'repeats itself' FROM documents WHERE duplicate_of = doc_id
    UNION ALL
    SELECT repeats.doc_id, 'repeats a repeat' FROM documents AS repeats
    JOIN documents AS originals ON originals.doc_id = repeats.duplicate_of
    WHERE originals.duplicate_of IS NOT NULL AND originals.doc_id <> repeats.doc_id
)

SELECT * FROM faults ORDER BY doc_id, fault;
