-- Texts whose own figures do not fit each other, beyond what rounding and bounds leave open.
WITH -- A value that the text tells otherwise than its other figures do.
against_what_is_told AS (
    SELECT doc_id, rule, implied, indicator, measure, unit, like_claim_id, period_start, period_end,
        told_value, told_claim_id,
        value, lowest, highest, arithmetic, confidence,
        list_sort(list_append(claim_ids, told_claim_id)) AS claim_ids
    FROM derivations
    WHERE NOT fits
),

-- Two ways to one value that do not meet, such as a growth and a change of one level.
bases AS (
    SELECT *, coalesce(lowest, '-infinity'::DOUBLE) AS low, coalesce(highest, 'infinity'::DOUBLE) AS high
    FROM derivations
    WHERE implied = 'base' AND modality = 'reported'
),

against_each_other AS (
    SELECT by_change.doc_id, 'growth_and_change' AS rule, by_change.implied, by_change.indicator, by_change.measure,
        by_change.unit, by_change.like_claim_id, by_change.period_start, by_change.period_end,
        by_change.value AS told_value, NULL::VARCHAR AS told_claim_id,
        bases.value, bases.lowest, bases.highest,
        bases.arithmetic || '; ' || by_change.arithmetic AS arithmetic,
        least(bases.confidence, by_change.confidence) AS confidence,
        list_sort(list_distinct(list_concat(bases.claim_ids, by_change.claim_ids))) AS claim_ids
    FROM bases
    JOIN bases AS by_change
        ON by_change.like_claim_id = bases.like_claim_id
        AND by_change.period_start = bases.period_start AND by_change.period_end = bases.period_end
    WHERE by_change.rule = 'level_and_change' AND bases.rule <> 'level_and_change'
        AND (bases.low > by_change.high OR by_change.low > bases.high)
),

-- A part of the same text that is more than the whole.
against_parts AS (
    SELECT implied_values.doc_id, 'part_above_whole' AS rule, implied_values.implied, implied_values.indicator,
        implied_values.measure, implied_values.unit, implied_values.exceeded_by_claim_id AS like_claim_id,
        parts.period_start, parts.period_end,
        implied_values.exceeded_by_value AS told_value, implied_values.exceeded_by_claim_id AS told_claim_id,
        implied_values.value, implied_values.value_low AS lowest, implied_values.value_high AS highest,
        implied_values.arithmetic, least(implied_values.confidence, parts.confidence) AS confidence,
        list_sort(list_append(implied_values.claim_ids, implied_values.exceeded_by_claim_id)) AS claim_ids
    FROM implied_values
    JOIN measurements AS parts
        ON parts.claim_id = implied_values.exceeded_by_claim_id AND parts.doc_id = implied_values.doc_id
),

contradictions AS (
    FROM against_what_is_told
    UNION ALL BY NAME
    FROM against_each_other
    UNION ALL BY NAME
    FROM against_parts
)

SELECT substring(md5(array_to_string(contradictions.claim_ids, ' ')), 1, 20) AS inconsistency_id,
    contradictions.doc_id, contradictions.rule, contradictions.implied,
    alike.family, contradictions.indicator, contradictions.measure,
    first_side(traits.directed, alike.reporter, alike.partner) AS reporter,
    second_side(traits.directed, alike.reporter, alike.partner) AS partner,
    alike.origin, alike.destination, alike.corridor, alike.mode, alike.commodity,
    contradictions.period_start, contradictions.period_end, contradictions.unit,
    contradictions.told_value, contradictions.told_claim_id,
    without_noise(contradictions.value) AS worked_out_value, without_noise(contradictions.lowest) AS worked_out_low,
    without_noise(contradictions.highest) AS worked_out_high,
    contradictions.arithmetic, contradictions.claim_ids, contradictions.confidence
FROM contradictions
JOIN quantity_claims() AS alike ON alike.claim_id = contradictions.like_claim_id
JOIN reference_indicators AS traits ON traits.indicator = contradictions.indicator
-- level, base and growth contradict each other once, from whichever two the third is worked out
QUALIFY row_number() OVER (
    PARTITION BY contradictions.claim_ids ORDER BY contradictions.implied, contradictions.rule, contradictions.told_claim_id
) = 1;
