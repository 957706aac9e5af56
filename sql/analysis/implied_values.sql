-- What arithmetic says of the figures of a text that the text itself does not: of several ways to one value the narrowest.
WITH claims_of_both AS (
    SELECT 'trade' AS family, * FROM trade_claims
    UNION ALL BY NAME
    SELECT 'freight' AS family, * FROM freight_claims
),

untold AS (
    SELECT *
    FROM derivations
    WHERE told_claim_id IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY doc_id, implied, indicator, measure, unit, coalesce(thing_id, like_claim_id), period_start, period_end,
            modality
        ORDER BY coalesce(highest - lowest, 'infinity'), confidence DESC, derivation_id
    ) = 1
),

-- Other documents may tell it after all.
told_elsewhere AS (
    SELECT untold.derivation_id, measurements.claim_id, measurements.value,
        coalesce(measurements.lowest <= untold.highest, true) AND coalesce(untold.lowest <= measurements.highest, true) AS fits
    FROM untold
    JOIN measurements
        ON measurements.thing_id = untold.thing_id AND measurements.measure = untold.measure
        AND measurements.period_start = untold.period_start AND measurements.period_end = untold.period_end
        AND measurements.unit = regexp_replace(untold.unit, '/yr$', '') AND measurements.doc_id <> untold.doc_id
    WHERE measurements.counts AND measurements.modality = 'reported' AND untold.implied IN ('base', 'level', 'growth')
    QUALIFY row_number() OVER (
        PARTITION BY untold.derivation_id
        ORDER BY fits DESC NULLS LAST, measurements.confidence DESC, measurements.claim_id
    ) = 1
)

SELECT untold.derivation_id AS implied_id, untold.doc_id, untold.rule, untold.implied,
    alike.family, untold.indicator, untold.measure,
    first_side(traits.directed, alike.reporter, alike.partner) AS reporter,
    second_side(traits.directed, alike.reporter, alike.partner) AS partner,
    alike.origin, alike.destination, alike.corridor, alike.mode, alike.commodity,
    untold.period_start, untold.period_end, untold.unit, untold.modality,
    untold.value, untold.lowest AS value_low, untold.highest AS value_high,
    untold.arithmetic, untold.claim_ids, untold.confidence,
    told_elsewhere.claim_id AS told_by_claim_id, told_elsewhere.value AS told_value, told_elsewhere.fits AS fits_told
FROM untold
JOIN claims_of_both AS alike ON alike.claim_id = untold.like_claim_id
JOIN reference_indicators AS traits ON traits.indicator = untold.indicator
LEFT JOIN told_elsewhere ON told_elsewhere.derivation_id = untold.derivation_id;
