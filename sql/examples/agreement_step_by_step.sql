-- How did the EU's Enhanced Partnership and Cooperation Agreements come about, step by step, and who says so?
SELECT list_filter(parties, lambda party: party <> 'EU') AS others, agreement_timeline.status, modality,
    agreement_timeline.status_on, agreement_timeline.status_on_from, publisher, agreement_timeline.published_on, evidence
FROM agreements
JOIN agreement_timeline USING (agreement_id)
WHERE acronym = 'EPCA' OR name = 'Enhanced Partnership and Cooperation Agreement'
ORDER BY others, agreement_timeline.status_on NULLS LAST, stage, agreement_timeline.claim_id;
