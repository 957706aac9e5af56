-- Which goals and forecasts are still open, how far has each come, and what growth a year would it need from here? Where texts
-- dispute the latest value, the shares and the growth are those of the surest, and the lowest and the highest stand beside it.
SELECT deadline, modality, indicator, measure, reporter, partner, origin, destination, corridor, value_low AS goal, unit,
    latest_value, latest_period_end AS latest_to, latest_disputed,
    CASE WHEN latest_disputed THEN latest_lowest_value END AS lowest_told,
    CASE WHEN latest_disputed THEN latest_highest_value END AS highest_told, round(achieved_percent) AS percent_of_goal,
    round(progress_percent) AS percent_of_way, round(yearly_growth_needed_percent, 1) AS growth_needed
FROM targets
WHERE state = 'open'
ORDER BY deadline, indicator, reporter, target_id
LIMIT 100;
