-- The statements of where instruments stand, with what tells whether two are about one instrument; which are is worked out of
-- them by pipeline.warehouse.instruments. Documents that repeat another have no voice.
SELECT agreement_claims.claim_id, agreement_claims.doc_id, agreement_claims.name, NULL::VARCHAR AS spelled_out,
    agreement_claims.form, agreement_claims.subject, agreement_claims.parties, agreement_claims.organisations,
    agreement_claims.status, agreement_claims.modality, agreement_claims.date_start, agreement_claims.date_end,
    documents.published_on, agreement_claims.evidence_start
FROM agreement_claims
JOIN documents ON documents.doc_id = agreement_claims.doc_id
WHERE documents.duplicate_of IS NULL;
