-- What do two voices or more say alike, and how many?
SELECT indicator, measure, reporter, partner, corridor, commodity, period_start, period_end, value_high, unit,
    modality, voices,
    documents, claim_id
FROM facts
WHERE agreement = 'corroborated' AND measure <> 'event'
ORDER BY voices DESC, latest_published_on DESC NULLS LAST, fact_id
LIMIT 50;
