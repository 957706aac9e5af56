-- How many goals and forecasts are open, met, missed or unknown?
SELECT state, modality, count(*) AS targets
FROM targets
GROUP BY state, modality
ORDER BY state, modality;
