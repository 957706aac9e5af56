-- What is told of each corridor by period, with the growth that is told for the same.
SELECT
    corridor, indicator, mode, commodity, reporter, origin, destination,
    period_start, period_end, told_in, grain, whole_year, cumulative,
    unit, modality, lowest_value, value_low, value_high, highest_value, bound, median_value, value_usd, median_value_usd,
    growth_percent, growth_base, growth_fact_id,
    agreement, voices, documents, latest_published_on, confidence,
    claim_id, fact_id, beside_fact_id
FROM facts
WHERE measure = 'level' AND family = 'freight' AND corridor IS NOT NULL
ORDER BY corridor, indicator, period_end, period_start, fact_id;
