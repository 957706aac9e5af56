-- Which goals and forecasts are still open, how far has each come, and what growth a year would it need from here?
SELECT deadline, modality, indicator, reporter, partner, corridor, value_low, value_high, unit, baseline_value, latest_value,
    latest_period_end, round(progress_percent, 1) AS progress_percent, round(achieved_percent, 1) AS achieved_percent,
    round(yearly_growth_needed_percent, 1) AS yearly_growth_needed_percent, documents, confidence, claim_id
FROM targets
WHERE state = 'open'
ORDER BY deadline, indicator, reporter, target_id;
