-- Which figures only seem to differ, since one names goods, a partner or a longer year to date that the other does not?
SELECT fact_conflicts.kind, fact_conflicts.differs_in, wider.indicator, wider.corridor, wider.reporter, wider.period_end,
    wider.median_value, narrower.commodity, narrower.partner, narrower.period_end AS other_period_end,
    narrower.median_value AS other_value, wider.unit
FROM fact_conflicts
JOIN facts AS wider ON wider.fact_id = fact_conflicts.fact_id
JOIN facts AS narrower ON narrower.fact_id = fact_conflicts.other_fact_id
WHERE fact_conflicts.explained AND wider.measure = 'level' AND wider.modality = 'reported'
ORDER BY wider.indicator, wider.corridor, wider.period_end, fact_conflicts.conflict_id
LIMIT 100;
