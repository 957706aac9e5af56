-- Turnover of each pair of countries or blocs by period, with the growth that is told for the same.
-- Where several countries stand on one side together, the figure is of no pair.
SELECT
    reporter[1] || '-' || partner[1] AS pair, reporter[1] AS first_code, partner[1] AS second_code,
    commodity, mode, corridor,
    period_start, period_end, told_in, grain, whole_year, cumulative,
    unit, modality, lowest_value, value_low, value_high, highest_value, bound, median_value, value_usd, median_value_usd,
    growth_percent, growth_base, growth_fact_id,
    agreement, voices, documents, latest_published_on, confidence,
    claim_id, fact_id, beside_fact_id
FROM facts
WHERE measure = 'level' AND indicator = 'turnover' AND len(reporter) = 1 AND len(partner) = 1
ORDER BY pair, commodity NULLS FIRST, period_end, period_start, fact_id;
