-- How many differences are there of each kind, and how many of them are explained?
SELECT kind, count(*) AS differences, count(*) FILTER (WHERE explained) AS explained
FROM fact_conflicts
GROUP BY kind
ORDER BY kind;
