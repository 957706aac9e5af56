-- What do sources tell differently, beyond rounding, scope and time (but with parts above their whole, such as eight months
-- above the year), and by how much?
WITH widest AS (
    SELECT conflict_id, fact_id, kind, lowest_value, highest_value, spread
    FROM fact_conflicts
    WHERE NOT explained AND modality = 'reported'
    ORDER BY kind = 'value' DESC, round(spread, 2) DESC NULLS LAST, conflict_id
    LIMIT 100
)

SELECT widest.kind, facts.indicator, facts.measure, facts.reporter, facts.partner, facts.corridor, facts.period_start,
    facts.period_end, facts.unit,
    widest.lowest_value, widest.highest_value, round(widest.spread, 2) AS spread, facts.voices
FROM widest
JOIN facts ON facts.fact_id = widest.fact_id
ORDER BY widest.kind = 'value' DESC, spread DESC NULLS LAST, widest.conflict_id;
