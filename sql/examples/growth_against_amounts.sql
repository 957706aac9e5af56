-- Which growth rates stand in the same sentence as the amount that grew?
SELECT growth.reporter, growth.partner, growth.indicator, growth.period_start, growth.period_end,
    growth.value_low AS growth_percent, amount.value_low AS amount, amount.unit, growth.evidence
FROM trade_claims AS growth
JOIN trade_claims AS amount
    ON amount.doc_id = growth.doc_id AND amount.indicator = growth.indicator
    AND amount.reporter = growth.reporter AND amount.partner = growth.partner
    AND amount.period_start IS NOT DISTINCT FROM growth.period_start
    AND amount.period_end IS NOT DISTINCT FROM growth.period_end
    AND amount.evidence_start = growth.evidence_start AND amount.evidence_end = growth.evidence_end
WHERE growth.measure = 'growth' AND amount.measure = 'level' AND growth.modality = 'reported'
ORDER BY abs(growth.value_low) DESC, growth.claim_id;
