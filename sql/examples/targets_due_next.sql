-- Which goals and forecasts are still open, how far has each come, what growth a year would it need from here, and where texts
-- dispute the latest value, which is the surest, that all this is worked out from, the lowest and the highest?
SELECT deadline, modality, indicator, measure, reporter, partner, origin, destination, corridor, value_low AS goal, unit,
    latest_value, latest_period_end AS latest_to, latest_disputed,
    CASE WHEN latest_disputed THEN latest_lowest_value END AS lowest_told,
    CASE WHEN latest_disputed THEN latest_highest_value END AS highest_told, round(achieved_percent) AS percent_of_goal,
    round(progress_percent) AS percent_of_way, round(yearly_growth_needed_percent, 1) AS growth_needed
FROM targets
WHERE state = 'open'
ORDER BY deadline, indicator, reporter, target_id
LIMIT 100;
