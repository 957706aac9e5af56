-- For which pair, indicator and period do sources tell amounts that differ by more than a tenth?
SELECT pair, indicator, commodity, period_start, period_end, unit, lowest_value, highest_value, documents,
    round(highest_value / lowest_value - 1, 3) AS spread
FROM trade_by_pair_and_year
WHERE documents > 1 AND modality = 'reported' AND lowest_value > 0 AND highest_value > 1.1 * lowest_value
ORDER BY spread DESC, pair, indicator;
