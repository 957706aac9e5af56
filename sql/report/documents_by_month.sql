-- How many documents were published in each month?
SELECT date_trunc('month', published_on)::DATE AS month, count(*) AS documents
FROM documents
WHERE published_on IS NOT NULL
GROUP BY ALL
ORDER BY month DESC
LIMIT $months;
