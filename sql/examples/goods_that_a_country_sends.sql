-- Which goods does Kazakhstan send where, and how much of each?
SELECT commodity, destination, indicator, mode, period_start, period_end, value_high, unit, agreement, claim_id
FROM commodity_flows
WHERE list_contains(origin, 'KAZ') AND indicator <> 'turnover' AND modality = 'reported' AND destination <> []
ORDER BY commodity, period_end DESC NULLS LAST, value_high DESC, claim_id
LIMIT 100;
