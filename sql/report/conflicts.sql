-- Where do sources give values that cannot both be right? Those that most documents tell of, then the widest.
WITH unexplained AS (
    SELECT fact_conflicts.*, facts.documents, facts.confidence
    FROM fact_conflicts
    JOIN facts ON facts.fact_id = fact_conflicts.fact_id
    WHERE NOT explained AND facts.modality = 'reported'
),

best_conflicts AS (
    SELECT conflict_id, kind, fact_id, other_fact_id, lowest_value, highest_value, spread, points, claims,
        (SELECT count(*) FROM unexplained) AS conflicts
    FROM unexplained
    ORDER BY kind = 'value' DESC, documents DESC, confidence DESC, conflict_id
    LIMIT $conflicts
)

SELECT best_conflicts.* EXCLUDE (fact_id), facts.* EXCLUDE (lowest_value, highest_value, claims, claim_id),
    other.period_start AS other_period_start, other.period_end AS other_period_end
FROM best_conflicts
JOIN facts ON facts.fact_id = best_conflicts.fact_id
LEFT JOIN facts AS other ON other.fact_id = best_conflicts.other_fact_id
ORDER BY kind = 'value' DESC, documents DESC, spread DESC NULLS LAST, points DESC, conflict_id;
