-- Every document and refresh that a row points to is there.
WITH document_references AS (
    SELECT 'trade_claims' AS table_name, doc_id FROM trade_claims
    UNION ALL SELECT 'freight_claims', doc_id FROM freight_claims
    UNION ALL SELECT 'agreement_claims', doc_id FROM agreement_claims
    UNION ALL SELECT 'rejected_claims', doc_id FROM rejected_claims
    UNION ALL SELECT 'acronym_mentions', doc_id FROM acronym_mentions
    UNION ALL SELECT 'extractions', doc_id FROM extractions
    UNION ALL SELECT 'document_locations', doc_id FROM document_locations
    UNION ALL SELECT 'documents', duplicate_of FROM documents WHERE duplicate_of IS NOT NULL
    UNION ALL SELECT 'documents', superseded_by FROM documents WHERE superseded_by IS NOT NULL
),

refresh_references AS (
    SELECT 'rejected_claims' AS table_name, refresh_id FROM rejected_claims
    UNION ALL SELECT 'unreadable_documents', refresh_id FROM unreadable_documents
    UNION ALL SELECT 'extractions', refresh_id FROM extractions
    UNION ALL SELECT 'source_refreshes', refresh_id FROM source_refreshes
)

SELECT table_name, 'documents' AS points_to, doc_id AS missing
FROM document_references
ANTI JOIN documents ON documents.doc_id = document_references.doc_id
UNION ALL
SELECT table_name, 'refreshes', refresh_id
FROM refresh_references
ANTI JOIN refreshes ON refreshes.refresh_id = refresh_references.refresh_id
ORDER BY ALL;
