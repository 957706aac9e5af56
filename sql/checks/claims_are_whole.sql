-- A quantity has all parts of its value and its ends in order, an event has none; periods and confidence are in bounds.
WITH quantities AS (
    SELECT * FROM trade_claims
    UNION ALL
    SELECT * FROM freight_claims
),

faults AS (
    SELECT claim_id, 'value incomplete' AS fault FROM quantities
    WHERE measure <> 'event' AND (
        value_low IS NULL OR value_high IS NULL OR bound IS NULL OR unit IS NULL
        OR value_text IS NULL OR value_start IS NULL OR value_end IS NULL
    )
    UNION ALL
    SELECT claim_id, 'event with a value' FROM quantities
    WHERE measure = 'event' AND (
        value_low IS NOT NULL OR value_high IS NOT NULL OR bound IS NOT NULL OR unit IS NOT NULL
        OR value_text IS NOT NULL OR value_start IS NOT NULL OR value_end IS NOT NULL
    )
    UNION ALL
    SELECT claim_id, 'low above high' FROM quantities WHERE value_low > value_high
    UNION ALL
    SELECT claim_id, 'value not finite' FROM quantities WHERE NOT isfinite(value_low) OR NOT isfinite(value_high)
    UNION ALL
    SELECT claim_id, 'period reversed' FROM quantities WHERE period_start > period_end
    UNION ALL
    SELECT claim_id, 'period reversed' FROM agreement_claims WHERE date_start > date_end
    UNION ALL
    SELECT claim_id, 'confidence out of range' FROM claims WHERE NOT confidence BETWEEN 0 AND 1
)

SELECT * FROM faults ORDER BY claim_id, fault;
