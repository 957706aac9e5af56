-- Which of these facts cannot be right together with another, of a shorter time or a narrower scope, and what do both tell?
WITH asked AS (
    SELECT DISTINCT unnest($facts) AS fact_id
),

disputes AS (
    SELECT fact_id, lowest_value, highest_value, claims
    FROM fact_conflicts
    WHERE NOT explained AND modality = 'reported' AND other_fact_id IS NOT NULL
    UNION ALL
    SELECT other_fact_id AS fact_id, lowest_value, highest_value, claims
    FROM fact_conflicts
    WHERE NOT explained AND modality = 'reported' AND other_fact_id IS NOT NULL
)

SELECT disputes.fact_id, min(lowest_value) AS lowest_value, max(highest_value) AS highest_value,
    list_sort(list_distinct(flatten(list(claims)))) AS claims
FROM disputes
JOIN asked ON asked.fact_id = disputes.fact_id
GROUP BY disputes.fact_id
ORDER BY disputes.fact_id;
