-- The statements of where instruments stand, with what tells whether two are about one instrument; which are is worked out of
-- them by pipeline.warehouse.instruments. Documents that repeat another have no voice. Initials are spelled out as their own
-- text has it, else as all texts that spell them out have it.
WITH spelled_out_in_text AS (
    SELECT doc_id, acronym, min(expansion) AS expansion
    FROM acronym_mentions
    WHERE letters <> 'other'
    GROUP BY doc_id, acronym
),

spelled_out_anywhere AS (
    SELECT acronym, min(expansion) AS expansion
    FROM acronyms
    WHERE has_its_letters
    GROUP BY acronym
    HAVING count(*) = 1
)

SELECT agreement_claims.claim_id, agreement_claims.doc_id, agreement_claims.name,
    coalesce(spelled_out_in_text.expansion, spelled_out_anywhere.expansion) AS spelled_out, agreement_claims.form,
    agreement_claims.subject, agreement_claims.parties, agreement_claims.organisations, agreement_claims.status,
    agreement_claims.modality, agreement_claims.date_start, agreement_claims.date_end, documents.published_on,
    agreement_claims.evidence_start, agreement_claims.evidence
FROM agreement_claims
JOIN documents ON documents.doc_id = agreement_claims.doc_id
LEFT JOIN spelled_out_in_text
    ON spelled_out_in_text.doc_id = agreement_claims.doc_id AND spelled_out_in_text.acronym = agreement_claims.name
LEFT JOIN spelled_out_anywhere ON spelled_out_anywhere.acronym = agreement_claims.name
WHERE coalesce(documents.duplicate_of, documents.superseded_by) IS NULL;
