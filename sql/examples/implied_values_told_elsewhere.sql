-- Where one text implies what another tells, do the two fit each other?
SELECT implied_values.indicator, implied_values.reporter, implied_values.partner, implied_values.corridor,
    implied_values.period_start, implied_values.period_end, implied_values.arithmetic, implied_values.value_low,
    implied_values.value_high, implied_values.told_value, implied_values.fits_told, claims.evidence, claims.publisher
FROM implied_values
JOIN claims ON claims.claim_id = implied_values.told_by_claim_id
ORDER BY implied_values.fits_told, implied_values.indicator, implied_values.implied_id;
