-- What do sources tell differently, beyond rounding, scope and time (but with parts above their whole, such as eight months
-- above the year), by how much, and percentages by how many points?
SELECT kind, indicator, measure, reporter, partner, corridor, period_start, period_end, unit, lowest_value, highest_value,
    round(spread, 2) AS spread, round(points, 1) AS points, voices
FROM fact_conflicts
WHERE NOT explained AND modality = 'reported'
ORDER BY kind = 'value' DESC, round(spread, 2) DESC NULLS LAST, points DESC, conflict_id
LIMIT 100;
