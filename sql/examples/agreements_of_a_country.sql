-- Where do Armenia's agreements stand, the latest first?
SELECT agreements.status, status_on, status_on_from, agreements.form, agreements.subject, agreements.name,
    list_filter(agreements.parties, lambda party: party <> 'ARM') AS others, agreements.place, documents, contradicted, evidence
FROM agreements
JOIN agreement_claims USING (claim_id)
WHERE list_contains(agreements.parties, 'ARM')
ORDER BY status_on DESC NULLS LAST, agreement_id;
