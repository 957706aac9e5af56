-- What do sources tell differently, beyond rounding, scope and time, and by how much?
SELECT facts.indicator, facts.measure, facts.reporter, facts.partner, facts.corridor, facts.period_start,
    facts.period_end, facts.unit,
    fact_conflicts.lowest_value, fact_conflicts.highest_value, round(fact_conflicts.spread, 2) AS spread, facts.voices
FROM fact_conflicts
JOIN facts ON facts.fact_id = fact_conflicts.fact_id
WHERE fact_conflicts.kind = 'value' AND facts.modality = 'reported'
ORDER BY spread DESC NULLS LAST, facts.fact_id
LIMIT 100;
