-- A document lies somewhere, and was first seen before it was last seen. One that it repeats has a voice of its own, and
-- one that supersedes it is not superseded itself.
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
    UNION ALL
    SELECT repeats.doc_id, 'repeats what is superseded' FROM documents AS repeats
    JOIN documents AS originals ON originals.doc_id = repeats.duplicate_of
    WHERE originals.superseded_by IS NOT NULL
    UNION ALL
    SELECT doc_id, 'supersedes itself' FROM documents WHERE superseded_by = doc_id
    UNION ALL
    SELECT former.doc_id, 'superseded by what is superseded' FROM documents AS former
    JOIN documents AS latter ON latter.doc_id = former.superseded_by
    WHERE latter.superseded_by IS NOT NULL AND latter.doc_id <> former.doc_id
    UNION ALL
    SELECT doc_id, 'repeats and is superseded' FROM documents WHERE duplicate_of IS NOT NULL AND superseded_by IS NOT NULL
)

SELECT * FROM faults ORDER BY doc_id, fault;
