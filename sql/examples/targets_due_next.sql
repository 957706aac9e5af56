-- Which targets and forecasts fall due from 2026 on, by whom, and how sure are we that the text says so?
SELECT deadline, family, modality, indicator, parties, counterparties, corridor, value_high, unit, confidence, evidence
FROM targets_by_deadline
WHERE deadline >= DATE '2026-01-01'
ORDER BY deadline, family, parties;
