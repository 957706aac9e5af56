-- Which values follow from what the texts tell although none of them tells it, how are they worked out, and which cannot be
-- right beside what is told for a part of it (exceeded_by_value)?
SELECT indicator, reporter, partner, corridor, commodity, implied, period_start, period_end, value_low, value, value_high, unit,
    exceeded_by_value, arithmetic, confidence, claim_ids
FROM implied_values
WHERE told_by_claim_id IS NULL AND modality = 'reported'
ORDER BY period_end DESC, indicator, implied_id
LIMIT 100;
