-- Which statements about one agreement do not go together?
SELECT agreement_timeline.contradiction, agreement_timeline.agreement_id, agreement_timeline.claim_id,
    agreement_timeline.status, agreement_timeline.modality, agreement_timeline.status_on, agreement_timeline.publisher,
    agreement_timeline.published_on,
    other.claim_id AS other_claim_id, other.status AS other_status, other.modality AS other_modality,
    other.status_on AS other_status_on, other.publisher AS other_publisher, other.published_on AS other_published_on,
    agreements.name, agreements.parties, agreements.organisations, agreements.form, agreements.subject,
    count(*) OVER () AS contradictions
FROM agreement_timeline
JOIN agreement_timeline AS other ON other.claim_id = agreement_timeline.contradicting_claim_id
JOIN agreements ON agreements.agreement_id = agreement_timeline.agreement_id
QUALIFY row_number() OVER (ORDER BY agreement_timeline.published_on DESC NULLS LAST, agreement_timeline.claim_id) <= $conflicts
ORDER BY agreement_timeline.published_on DESC NULLS LAST, agreement_timeline.claim_id;
