-- What arithmetic says of the figures of a text that the text itself does not: of several ways to one value the narrowest. And
-- the growth between two years of one thing that different texts tell, if no text tells that growth.
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
),

whole_years AS (
    SELECT measurements.*,
        coalesce(measurements.lowest, '-infinity'::DOUBLE) AS low, coalesce(measurements.highest, 'infinity'::DOUBLE) AS high
    FROM facts
    JOIN measurements ON measurements.claim_id = facts.claim_id
    WHERE facts.measure = 'level' AND facts.modality = 'reported' AND facts.whole_year AND facts.comparable
        AND facts.agreement <> 'conflicting' AND measurements.nature = 'flow' AND measurements.counts AND measurements.value > 0
),

growths_told AS (
    SELECT DISTINCT thing_id, period_start, period_end
    FROM measurements
    WHERE measure IN ('growth', 'multiple') AND modality = 'reported'
    UNION
    -- or what one text implies already
    SELECT thing_id, period_start, period_end
    FROM derivations
    WHERE implied = 'growth' AND modality = 'reported'
),

growths_between_texts AS (
    SELECT later.claim_id AS like_claim_id, later.indicator, later.thing_id, later.period_start, later.period_end,
        100 * (later.value / earlier.value - 1) AS value,
        100 * (later.low / earlier.high - 1) AS lowest,
        CASE WHEN earlier.low > 0 THEN 100 * (later.high / earlier.low - 1) ELSE 'infinity' END AS highest,
        concat(
            format('{:,.0f}', later.value), ' ', later.unit, ' in ', year(later.period_end), ' and ',
            format('{:,.0f}', earlier.value), ' ', earlier.unit, ' in ', year(earlier.period_end), ': ',
            format('{:,.0f}', later.value), ' / ', format('{:,.0f}', earlier.value), ' - 1 = ',
            printf('%.4g', 100 * (later.value / earlier.value - 1)), ' %'
        ) AS arithmetic,
        list_sort([later.claim_id, earlier.claim_id]) AS claim_ids,
        least(later.confidence, earlier.confidence) AS confidence
    FROM whole_years AS later
    JOIN whole_years AS earlier
        ON earlier.thing_id = later.thing_id AND earlier.unit = later.unit
        AND earlier.period_end = (later.period_start - INTERVAL 1 DAY)::DATE
    -- within one text it is derived already
    WHERE earlier.doc_id <> later.doc_id
    -- tons and tons a year of one year are one amount; of several such the surest
    QUALIFY row_number() OVER (
        PARTITION BY later.thing_id, later.unit, later.period_start, later.period_end
        ORDER BY least(later.confidence, earlier.confidence) DESC, later.claim_id, earlier.claim_id
    ) = 1
),

implied AS (
    SELECT derivation_id AS implied_id, doc_id, rule, implied, indicator, measure, like_claim_id, period_start, period_end,
        unit, modality, value, lowest, highest, arithmetic, claim_ids, confidence
    FROM untold
    UNION ALL BY NAME
    SELECT md5('years_between_texts|' || array_to_string(claim_ids, ' '))[:20] AS implied_id, 'years_between_texts' AS rule,
        'growth' AS implied, growths_between_texts.indicator, 'growth' AS measure, like_claim_id,
        growths_between_texts.period_start, growths_between_texts.period_end, '%' AS unit, 'reported' AS modality, value,
        CASE WHEN isfinite(lowest) THEN lowest END AS lowest, CASE WHEN isfinite(highest) THEN highest END AS highest,
        arithmetic, claim_ids, confidence
    FROM growths_between_texts
    ANTI JOIN growths_told
        ON growths_told.thing_id = growths_between_texts.thing_id
        AND growths_told.period_start = growths_between_texts.period_start
        AND growths_told.period_end = growths_between_texts.period_end
    WHERE isfinite(lowest) OR isfinite(highest)
)

SELECT implied.implied_id, implied.doc_id, implied.rule, implied.implied,
    alike.family, implied.indicator, implied.measure,
    first_side(traits.directed, alike.reporter, alike.partner) AS reporter,
    second_side(traits.directed, alike.reporter, alike.partner) AS partner,
    alike.origin, alike.destination, alike.corridor, alike.mode, alike.commodity,
    implied.period_start, implied.period_end, implied.unit, implied.modality,
    implied.value, implied.lowest AS value_low, implied.highest AS value_high,
    implied.arithmetic, implied.claim_ids, implied.confidence,
    told_elsewhere.claim_id AS told_by_claim_id, told_elsewhere.value AS told_value, told_elsewhere.fits AS fits_told
FROM implied
JOIN claims_of_both AS alike ON alike.claim_id = implied.like_claim_id
JOIN reference_indicators AS traits ON traits.indicator = implied.indicator
LEFT JOIN told_elsewhere ON told_elsewhere.derivation_id = implied.implied_id;
