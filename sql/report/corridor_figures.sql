-- How much do corridors carry, and how much can they? Those of which most documents tell, with their best supported figures.
WITH figures AS (
    SELECT *, 'level' AS measure, []::VARCHAR[] AS partner,
        CASE
            WHEN indicator IN ('cargo', 'capacity') AND split_part(unit, '/', 1) = 't' THEN 'mass'
            WHEN indicator IN ('containers', 'capacity') AND split_part(unit, '/', 1) = 'TEU' THEN 'containers'
        END AS carried
    FROM corridor_freight
    WHERE value_high > 0 AND modality <> 'negated'
),

of_corridors AS (
    SELECT * FROM figures WHERE carried IS NOT NULL
),

panels AS (
    SELECT corridor, carried, sum(documents) AS told, max(latest_published_on) AS latest
    FROM of_corridors
    GROUP BY corridor, carried
),

best_panels AS (
    SELECT corridor, carried, row_number() OVER (ORDER BY told DESC, latest DESC NULLS LAST, corridor, carried) AS rank,
        count(*) OVER () AS panels
    FROM panels
    QUALIFY rank <= $corridors
)

SELECT of_corridors.*, best_panels.rank, best_panels.panels
FROM of_corridors
JOIN best_panels USING (corridor, carried)
QUALIFY row_number() OVER (
    PARTITION BY corridor, carried
    ORDER BY beside_fact_id IS NOT NULL, documents DESC, confidence DESC, period_end DESC NULLS LAST, fact_id
) <= $figures
ORDER BY rank, period_end NULLS LAST, period_start NULLS FIRST, modality, beside_fact_id IS NOT NULL, fact_id;
