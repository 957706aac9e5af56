-- What do whole corridors carry in a year, and what of the same goods and mode are they said to be able to carry?
WITH whole_corridor AS (
    SELECT *
    FROM corridor_freight
    WHERE modality = 'reported' AND reporter = [] AND origin = [] AND destination = [] AND beside_fact_id IS NULL
),

carried AS (
    SELECT corridor, mode, commodity, value_high AS carried, period_end AS carried_until, claim_id
    FROM whole_corridor
    WHERE indicator = 'cargo' AND unit = 't' AND whole_year
    QUALIFY row_number() OVER (
        PARTITION BY corridor, mode, commodity ORDER BY period_end DESC, confidence DESC, fact_id
    ) = 1
),

able AS (
    SELECT corridor, mode, commodity, value_high AS capacity, latest_published_on AS told_on, claim_id
    FROM whole_corridor
    WHERE indicator = 'capacity' AND unit IN ('t', 't/yr')
    QUALIFY row_number() OVER (
        PARTITION BY corridor, mode, commodity ORDER BY latest_published_on DESC NULLS LAST, confidence DESC, fact_id
    ) = 1
)

SELECT coalesce(carried.corridor, able.corridor) AS corridor, coalesce(carried.mode, able.mode) AS mode,
    coalesce(carried.commodity, able.commodity) AS commodity, carried / 1e6 AS carried_million_t, carried_until,
    capacity / 1e6 AS capacity_million_t, told_on, round(100 * carried / capacity, 1) AS used_percent,
    carried.claim_id AS carried_claim_id, able.claim_id AS capacity_claim_id
FROM carried
FULL JOIN able ON able.corridor = carried.corridor AND able.mode IS NOT DISTINCT FROM carried.mode
    AND able.commodity IS NOT DISTINCT FROM carried.commodity
ORDER BY 1, 2 NULLS FIRST, 3 NULLS FIRST;
