-- By what a sentence is found: its own words, those of its document's title, and what its claims are about. A code of a place,
-- corridor or commodity is one word that no text has (x0kaz); a name in a query stands for it, so that a claim is found by any
-- name of what it is about.
WITH meant AS (
    SELECT doc_id, evidence_start, evidence_end, evidence, title,
        list_transform(places || [corridor, commodity], lambda code: 'x0' || replace(code, '_', ''))
        || [family, mode, replace(indicator, '_', ' ')] AS codes
    FROM claims
),

agreement_terms AS (
    SELECT doc_id, evidence_start, evidence_end, string_agg(DISTINCT concat_ws(' ', form, subject), ' ') AS terms
    FROM agreement_claims
    GROUP BY doc_id, evidence_start, evidence_end
),

said AS (
    SELECT doc_id, evidence_start, evidence_end, any_value(evidence) AS evidence, any_value(title) AS title,
        array_to_string(list_distinct(flatten(list(codes))), ' ') AS codes
    FROM meant
    GROUP BY doc_id, evidence_start, evidence_end
)

SELECT sentences.sentence_id,
    concat_ws(' ', said.evidence, said.title, said.codes, replace(agreement_terms.terms, '_', ' ')) AS words
FROM sentences
JOIN said ON said.doc_id = sentences.doc_id
    AND said.evidence_start = sentences.evidence_start AND said.evidence_end = sentences.evidence_end
LEFT JOIN agreement_terms ON agreement_terms.doc_id = sentences.doc_id
    AND agreement_terms.evidence_start = sentences.evidence_start AND agreement_terms.evidence_end = sentences.evidence_end;
