-- How did the trade of each pair grow, told beside the amount that it grew to?
SELECT pair, period_start, period_end, unit, value_high AS amount, growth_percent, growth_base, agreement, claim_id,
    growth_fact_id
FROM bilateral_turnover
WHERE growth_percent IS NOT NULL AND modality = 'reported' AND commodity IS NULL AND mode IS NULL AND corridor IS NULL
ORDER BY abs(growth_percent) DESC, pair, period_end, unit
LIMIT 100;
