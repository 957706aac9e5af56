-- Where do sources give values that cannot both be right? Those that most documents tell of, then the widest.
WITH conflicts AS (
    SELECT conflict_id, kind, other_fact_id, fact_conflicts.lowest_value, fact_conflicts.highest_value, spread, points,
        fact_conflicts.claims, facts.* EXCLUDE (lowest_value, highest_value, claims, claim_id),
        other.period_start AS other_period_start, other.period_end AS other_period_end,
        count(*) OVER () AS conflicts
    FROM fact_conflicts
    JOIN facts USING (fact_id)
    LEFT JOIN facts AS other ON other.fact_id = other_fact_id
    WHERE NOT explained AND facts.modality = 'reported'
)

FROM conflicts
QUALIFY row_number() OVER (ORDER BY kind = 'value' DESC, documents DESC, confidence DESC, conflict_id) <= $conflicts
ORDER BY kind = 'value' DESC, documents DESC, spread DESC NULLS LAST, points DESC, conflict_id;
