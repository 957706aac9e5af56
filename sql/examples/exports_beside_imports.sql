-- Where a flow is told by its seller and by its buyer, how far are the two apart?
SELECT exporter, importer, commodity, period_start, period_end, unit, exports_value, imports_value, gap,
    round(gap_percent, 1) AS gap_percent, exports_claim_id, imports_claim_id
FROM bilateral_flows
WHERE gap IS NOT NULL AND modality = 'reported'
ORDER BY abs(gap_percent) DESC NULLS LAST, exporter, importer, period_end
LIMIT 100;
