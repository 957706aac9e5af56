-- What do sources tell differently, beyond rounding, scope and time (but with parts above their whole, such as eight months
-- above the year), and by how much?
SELECT fact_conflicts.kind, facts.indicator, facts.measure, facts.reporter, facts.partner, facts.corridor, facts.period_start,
    facts.period_end, facts.unit,
    fact_conflicts.lowest_value, fact_conflicts.highest_value, round(fact_conflicts.spread, 2) AS spread, facts.voices
FROM fact_conflicts
JOIN facts ON facts.fact_id = fact_conflicts.fact_id
WHERE NOT fact_conflicts.explained AND facts.modality = 'reported'
ORDER BY fact_conflicts.kind = 'value' DESC, spread DESC NULLS LAST, fact_conflicts.conflict_id
LIMIT 100;
