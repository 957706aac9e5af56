-- Turnover of each pair of countries or blocs by period, with the growth that is told for the same.
-- Where several countries stand on one side together, the figure is of no pair.
WITH levels AS (
    SELECT * FROM facts
    WHERE measure = 'level' AND indicator = 'turnover' AND len(reporter) = 1 AND len(partner) = 1
),

-- What grows is told once for all units.
growth AS (
    SELECT * FROM facts
    WHERE measure = 'growth' AND indicator = 'turnover' AND len(reporter) = 1 AND len(partner) = 1
)

SELECT
    levels.reporter[1] || '-' || levels.partner[1] AS pair, levels.reporter[1] AS first_code, levels.partner[1] AS second_code,
    levels.commodity, levels.mode, levels.corridor,
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
ORDER BY pair, commodity NULLS FIRST, period_end, period_start, fact_id;
