-- Amounts of named goods that were sold, bought or carried, with the growth that is told for the same.
WITH levels AS (
    SELECT * FROM facts
    WHERE measure = 'level' AND commodity IS NOT NULL
        AND indicator IN ('exports', 'imports', 'turnover', 'cargo', 'containers', 'movements')
),

-- What grows is told once for all units.
growth AS (
    SELECT * FROM facts
    WHERE measure = 'growth' AND commodity IS NOT NULL
        AND indicator IN ('exports', 'imports', 'turnover', 'cargo', 'containers', 'movements')
)

SELECT
    levels.commodity, levels.indicator,
    CASE levels.indicator
        WHEN 'exports' THEN levels.reporter
        WHEN 'turnover' THEN levels.reporter
        WHEN 'imports' THEN levels.partner
        ELSE levels.origin
    END AS origin,
    CASE levels.indicator
        WHEN 'exports' THEN levels.partner
        WHEN 'turnover' THEN levels.partner
        WHEN 'imports' THEN levels.reporter
        ELSE levels.destination
    END AS destination,
    CASE WHEN levels.family = 'freight' THEN levels.reporter ELSE [] END AS carrier,
    levels.corridor, levels.mode,
    levels.period_start, levels.period_end, levels.told_in, levels.grain, levels.whole_year, levels.cumulative,
    levels.unit, levels.modality, levels.lowest_value, levels.median_value, levels.highest_value, levels.median_value_usd,
    growth.median_value AS growth_percent, growth.fact_id AS growth_fact_id,
    levels.agreement, levels.voices, levels.documents, levels.latest_published_on, levels.confidence,
    levels.claim_id, levels.fact_id
FROM levels
LEFT JOIN growth ON growth.indicator = levels.indicator
    AND growth.reporter = levels.reporter AND growth.partner = levels.partner
    AND growth.origin = levels.origin AND growth.destination = levels.destination
    AND growth.corridor IS NOT DISTINCT FROM levels.corridor AND growth.mode IS NOT DISTINCT FROM levels.mode
    AND growth.commodity IS NOT DISTINCT FROM levels.commodity AND growth.modality = levels.modality
    AND growth.period_end = levels.period_end AND growth.period_start IS NOT DISTINCT FROM levels.period_start
ORDER BY commodity, indicator, period_end, period_start, fact_id;
