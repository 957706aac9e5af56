-- What do corridors carry in a year, and what are they said to be able to carry?
WITH carried AS (
    SELECT corridor, unit, max_by(value_high, period_end) AS carried, max(period_end) AS carried_until
    FROM corridor_freight
    WHERE indicator = 'cargo' AND unit = 't' AND whole_year AND modality = 'reported' AND commodity IS NULL AND reporter = []
        AND beside_fact_id IS NULL
    GROUP BY corridor, unit
),

able AS (
    SELECT corridor, max_by(value_high, latest_published_on) AS capacity, max(latest_published_on) AS told_on
    FROM corridor_freight
    WHERE indicator = 'capacity' AND unit IN ('t', 't/yr') AND modality = 'reported' AND beside_fact_id IS NULL
    GROUP BY corridor
)

SELECT corridor, carried / 1e6 AS carried_million_t, carried_until, capacity / 1e6 AS capacity_million_t, told_on,
    round(100 * carried / capacity, 1) AS used_percent
FROM carried
FULL JOIN able USING (corridor)
ORDER BY corridor;
