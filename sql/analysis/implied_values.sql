-- What arithmetic says of the figures of a text that the text itself does not: of several ways to one value the narrowest. And
-- the growth between two years of one thing that different texts tell, if no text tells that growth.
WITH untold AS (
    SELECT *
    FROM derivations
    WHERE told_claim_id IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY doc_id, implied, indicator, measure, unit, coalesce(thing_id, like_claim_id), period_start, period_end,
            modality
        ORDER BY coalesce(highest - lowest, 'infinity'), confidence DESC, derivation_id
    ) = 1
),

-- Other documents may tell it after all. Of what very many tell, the surest are enough.
told AS (
    SELECT measurements.*
    FROM measurements
    JOIN (
        SELECT DISTINCT thing_id, measure, period_start, period_end, regexp_replace(unit, '/yr$', '') AS unit
        FROM untold
        WHERE implied IN ('base', 'level', 'growth', 'whole')
    ) AS asked
        ON asked.thing_id = measurements.thing_id AND asked.measure = measurements.measure
        AND asked.period_start = measurements.period_start AND asked.period_end = measurements.period_end
        AND asked.unit = measurements.unit
    JOIN quantity_claims() AS claims ON claims.claim_id = measurements.claim_id
    CROSS JOIN reference_limits
    WHERE measurements.counts AND measurements.modality = 'reported'
        -- a growth worked out is one of a year
        AND (measurements.measure <> 'growth' OR claims.base = 'year')
    QUALIFY row_number() OVER (
        PARTITION BY measurements.thing_id, measurements.measure, measurements.period_start, measurements.period_end,
            measurements.unit
        ORDER BY measurements.confidence DESC, measurements.claim_id
    ) <= most_rivals
),

told_elsewhere AS (
    SELECT untold.derivation_id, told.claim_id, told.value,
        coalesce(told.lowest <= untold.highest, true) AND coalesce(untold.lowest <= told.highest, true) AS fits
    FROM untold
    JOIN told
        ON told.thing_id = untold.thing_id AND told.measure = untold.measure
        AND told.period_start = untold.period_start AND told.period_end = untold.period_end
        AND told.unit = regexp_replace(untold.unit, '/yr$', '') AND told.doc_id <> untold.doc_id
    WHERE untold.implied IN ('base', 'level', 'growth', 'whole')
    QUALIFY row_number() OVER (
        PARTITION BY untold.derivation_id ORDER BY fits DESC NULLS LAST, told.confidence DESC, told.claim_id
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
    SELECT DISTINCT measurements.thing_id, measurements.period_start, measurements.period_end
    FROM measurements
    JOIN quantity_claims() AS claims ON claims.claim_id = measurements.claim_id
    WHERE measurements.measure IN ('growth', 'multiple') AND measurements.modality = 'reported' AND claims.base = 'year'
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
            in_figures(later.value), ' ', later.unit, ' in ', year(later.period_end), ' and ',
            in_figures(earlier.value), ' ', earlier.unit, ' in ', year(earlier.period_end), ': ',
            in_figures(later.value), ' / ', in_figures(earlier.value), ' - 1 = ',
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
    SELECT derivation_id AS implied_id, doc_id, rule, implied, leaves_out, thing_id, indicator, measure, like_claim_id,
        period_start, period_end, unit, modality, value, lowest, highest, arithmetic, claim_ids, confidence
    FROM untold
    UNION ALL BY NAME
    SELECT md5('years_between_texts|' || array_to_string(claim_ids, ' '))[:20] AS implied_id, 'years_between_texts' AS rule,
        'growth' AS implied, growths_between_texts.thing_id, growths_between_texts.indicator, 'growth' AS measure,
        like_claim_id,
        growths_between_texts.period_start, growths_between_texts.period_end, '%' AS unit, 'reported' AS modality, value,
        CASE WHEN isfinite(lowest) THEN lowest END AS lowest, CASE WHEN isfinite(highest) THEN highest END AS highest,
        arithmetic, claim_ids, confidence
    FROM growths_between_texts
    ANTI JOIN growths_told
        ON growths_told.thing_id = growths_between_texts.thing_id
        AND growths_told.period_start = growths_between_texts.period_start
        AND growths_told.period_end = growths_between_texts.period_end
    WHERE isfinite(lowest) OR isfinite(highest)
),

-- Of turnover and balance, the journey of the exports says nothing.
things AS (
    SELECT implied.*, alike.family,
        CASE WHEN leaves_out = 'partner' THEN [] ELSE alike.partner END AS other_side,
        first_side(traits.directed, alike.reporter, other_side) AS reporter,
        second_side(traits.directed, alike.reporter, other_side) AS partner,
        CASE WHEN leaves_out = 'origin' OR implied IN ('turnover', 'balance') THEN [] ELSE alike.origin END AS origin,
        CASE WHEN leaves_out = 'destination' OR implied IN ('turnover', 'balance') THEN [] ELSE alike.destination END
            AS destination,
        alike.corridor,
        CASE WHEN leaves_out = 'mode' THEN NULL ELSE alike.mode END AS mode,
        CASE WHEN leaves_out = 'commodity' THEN NULL ELSE alike.commodity END AS commodity,
        traits.adds_up AND implied.measure = 'level' AND implied.modality = 'reported' AND NOT ends_with(implied.unit, '/yr')
            AND implied.highest IS NOT NULL AS has_parts
    FROM implied
    JOIN quantity_claims() AS alike ON alike.claim_id = implied.like_claim_id
    JOIN reference_indicators AS traits ON traits.indicator = implied.indicator
),

amounts AS (
    SELECT thing_id, unit, period_start, period_end, indicator, claim_id, value, lowest
    FROM measurements
    WHERE measure = 'level' AND modality = 'reported' AND counts AND nature = 'flow' AND NOT a_year AND lowest > 0
),

-- The most that is told of a thing from the same first day up to an earlier day.
in_less_time AS (
    SELECT implied_id,
        max({'least': lowest, 'value': value, 'claim_id': claim_id}) FILTER (WHERE implied_id IS NULL) OVER (
            PARTITION BY thing_id, unit, period_start ORDER BY period_end, implied_id IS NULL, claim_id
            ROWS UNBOUNDED PRECEDING
        ) AS part
    FROM (
        SELECT implied_id, thing_id, unit, period_start, period_end FROM things WHERE has_parts
        UNION ALL BY NAME
        SELECT * EXCLUDE (indicator) FROM amounts
    )
    WHERE period_start IS NOT NULL AND period_end IS NOT NULL
    QUALIFY implied_id IS NOT NULL
),

-- Or of one partner, goods, mode or corridor in the same time; of what has no direction either side has a whole.
amounts_of_wholes AS (
    SELECT amounts.*, unnest(list_filter([
        CASE WHEN len(partner) > 0
            THEN thing_key(indicator, directed, reporter, [], origin, destination, corridor, mode, commodity) END,
        CASE WHEN NOT directed AND len(partner) > 0
            THEN thing_key(indicator, directed, partner, [], origin, destination, corridor, mode, commodity) END,
        CASE WHEN corridor IS NOT NULL
            THEN thing_key(indicator, directed, reporter, partner, origin, destination, NULL, mode, commodity) END,
        CASE WHEN mode IS NOT NULL
            THEN thing_key(indicator, directed, reporter, partner, origin, destination, corridor, NULL, commodity) END,
        CASE WHEN commodity IS NOT NULL
            THEN thing_key(indicator, directed, reporter, partner, origin, destination, corridor, mode, NULL) END
    ], lambda key: key IS NOT NULL)) AS whole_id
    FROM (
        SELECT amounts.*, traits.directed, claims.reporter, claims.partner, claims.origin, claims.destination, claims.corridor,
            claims.mode, claims.commodity
        FROM amounts
        SEMI JOIN (FROM things WHERE has_parts) AS asked
            ON asked.indicator = amounts.indicator AND asked.unit = amounts.unit
            AND asked.period_start = amounts.period_start AND asked.period_end = amounts.period_end
        JOIN quantity_claims() AS claims ON claims.claim_id = amounts.claim_id
        JOIN reference_indicators AS traits ON traits.indicator = amounts.indicator
    ) AS amounts
),

most_of_wholes AS (
    SELECT whole_id, unit, period_start, period_end, max({'least': lowest, 'value': value, 'claim_id': claim_id}) AS part
    FROM amounts_of_wholes
    GROUP BY ALL
),

exceeded AS (
    SELECT implied_id, max(part) AS part
    FROM (
        SELECT implied_id, part FROM in_less_time
        UNION ALL
        SELECT things.implied_id, most_of_wholes.part
        FROM things
        JOIN most_of_wholes
            ON most_of_wholes.whole_id = things.thing_id AND most_of_wholes.unit = things.unit
            AND most_of_wholes.period_start = things.period_start AND most_of_wholes.period_end = things.period_end
        WHERE things.has_parts
    )
    GROUP BY implied_id
)

SELECT things.* EXCLUDE (thing_id, like_claim_id, other_side, has_parts, value, lowest, highest),
    without_noise(things.value) AS value, without_noise(things.lowest) AS value_low,
    without_noise(things.highest) AS value_high,
    told_elsewhere.claim_id AS told_by_claim_id, told_elsewhere.value AS told_value, told_elsewhere.fits AS fits_told,
    CASE WHEN exceeded.part.least > things.highest THEN exceeded.part.claim_id END AS exceeded_by_claim_id,
    CASE WHEN exceeded.part.least > things.highest THEN exceeded.part.value END AS exceeded_by_value
FROM things
LEFT JOIN told_elsewhere ON told_elsewhere.derivation_id = things.implied_id
LEFT JOIN exceeded ON exceeded.implied_id = things.implied_id;
