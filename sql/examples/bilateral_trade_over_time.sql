-- How has trade between Kazakhstan and China developed, year by year and year to date, and do the sources agree?
SELECT period_start, period_end, cumulative, median_value / 1e9 AS billion, lowest_value / 1e9 AS lowest_billion,
    highest_value / 1e9 AS highest_billion, unit, growth_percent, agreement, voices, claim_id
FROM bilateral_turnover
WHERE pair = 'CHN-KAZ' AND modality = 'reported' AND commodity IS NULL AND (whole_year OR cumulative)
ORDER BY period_end, period_start, unit;
