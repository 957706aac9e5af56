-- Where do Armenia's agreements stand, the latest first?
SELECT status_on, status_on_from, status, form, subject, name, list_filter(parties, lambda party: party <> 'ARM') AS others,
    place, evidence
FROM agreements_latest_status
WHERE list_contains(parties, 'ARM')
ORDER BY status_on DESC NULLS LAST, claim_id;
