-- Every claim's evidence is the text of its document at its offsets, counted in code points.
WITH evidence AS (
    SELECT claims.claim_id, claims.doc_id, claims.evidence, claims.evidence_start, claims.evidence_end,
        substring(documents.text, claims.evidence_start + 1, claims.evidence_end - claims.evidence_start) AS found
    FROM claims
    LEFT JOIN documents ON documents.doc_id = claims.doc_id
)

SELECT * FROM evidence
WHERE found IS DISTINCT FROM evidence OR evidence_start >= evidence_end;
