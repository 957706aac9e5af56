-- Where do Armenia's agreements stand, the latest first?
SELECT status, status_on, status_on_from, form, subject, name, list_filter(parties, lambda party: party <> 'ARM') AS others,
    place, documents, contradicted, evidence
FROM agreements
JOIN claims USING (claim_id)
WHERE list_contains(agreements.parties, 'ARM')
ORDER BY status_on DESC NULLS LAST, agreement_id;
