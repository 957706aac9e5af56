-- On which agreements do the texts contradict each other, and what do they say?
SELECT coalesce(name, form || ' on ' || subject) AS agreement, parties, contradiction, agreement_timeline.status, modality,
    agreement_timeline.status_on, agreement_timeline.published_on, publisher, evidence
FROM agreements
JOIN agreement_timeline USING (agreement_id)
WHERE contradiction IS NOT NULL
ORDER BY agreement_id, agreement_timeline.published_on NULLS LAST, agreement_timeline.claim_id;
