-- Amounts of named goods that were sold, bought or carried, with the growth that is told for the same.
SELECT
    commodity, indicator,
    CASE indicator
        WHEN 'exports' THEN reporter
        WHEN 'turnover' THEN reporter
        WHEN 'imports' THEN partner
        ELSE origin
    END AS origin,
    CASE indicator
        WHEN 'exports' THEN partner
        WHEN 'turnover' THEN partner
        WHEN 'imports' THEN reporter
        ELSE destination
    END AS destination,
    CASE WHEN family = 'freight' THEN reporter ELSE [] END AS carrier,
    corridor, mode,
    period_start, period_end, told_in, grain, whole_year, cumulative,
    unit, modality, lowest_value, value_low, value_high, highest_value, bound, median_value, value_usd, median_value_usd,
    growth_percent, growth_base, growth_fact_id,
    agreement, voices, documents, latest_published_on, confidence,
    claim_id, fact_id, beside_fact_id
FROM facts
WHERE measure = 'level' AND commodity IS NOT NULL
    AND indicator IN ('exports', 'imports', 'turnover', 'cargo', 'containers', 'movements')
ORDER BY commodity, indicator, period_end, period_start, fact_id;
