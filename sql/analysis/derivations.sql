-- What follows by arithmetic from the figures of one text, beside what the text itself says of it.
--
-- A growth, multiple or change belongs to the level of the same thing and period that is told nearest to it, in its own
-- sentence before any other. What it is measured against is its base.
-- A share tells the whole that is left when what names its part is left out.
-- Open ends as infinities, so that arithmetic carries them on.
WITH figures AS (
    SELECT measurements.* EXCLUDE (lowest, highest),
        coalesce(measurements.lowest, '-infinity'::DOUBLE) AS lowest,
        coalesce(measurements.highest, 'infinity'::DOUBLE) AS highest,
        concat_ws(' ', measurements.period_start::VARCHAR, 'to', measurements.period_end::VARCHAR) AS period,
        claims.reporter, claims.partner, claims.corridor, claims.mode, claims.commodity,
        claims.evidence_start, claims.value_start, claims.value_end,
        claims.value_text, claims.origin, claims.destination, claims.base
    FROM measurements
    JOIN quantity_claims() AS claims ON claims.claim_id = measurements.claim_id
    WHERE measurements.counts AND measurements.modality IN ('reported', 'target', 'forecast')
        -- the same undertaking cannot be told from another
        AND measurements.nature <> 'undertaking'
),

levels AS (
    SELECT *,
        count(*) OVER (PARTITION BY doc_id, thing_id, unit, period, modality) AS rivals,
        row_number() OVER (
            PARTITION BY doc_id, thing_id, period, modality, evidence_start ORDER BY value_start, claim_id
        ) AS place
    FROM figures
    WHERE measure = 'level' AND value > 0
),

comparisons AS (
    SELECT figures.*,
        -- as a ratio to the base
        CASE measure WHEN 'growth' THEN 1 + value / 100 WHEN 'multiple' THEN value END AS ratio,
        CASE measure WHEN 'growth' THEN 1 + lowest / 100 WHEN 'multiple' THEN lowest END AS lowest_ratio,
        CASE measure WHEN 'growth' THEN 1 + highest / 100 WHEN 'multiple' THEN highest END AS highest_ratio
    FROM figures
    WHERE measure IN ('growth', 'multiple', 'change')
),

comparisons_with_bases AS (
    SELECT *,
        CASE
            -- what a goal starts from is told with it
            WHEN modality <> 'reported' THEN NULL
            WHEN period_kind NOT IN ('year', 'part', 'until') THEN NULL
            WHEN base = 'year' THEN to_months(12)
            WHEN year(period_end) - try_cast(base AS INTEGER) BETWEEN 1 AND named_base_years
                THEN to_months(12 * (year(period_end) - base::INTEGER)::INTEGER)
            WHEN base = 'quarter' AND period_end + 1 = period_start + INTERVAL 3 MONTH THEN to_months(3)
            WHEN base = 'month' AND period_end + 1 = period_start + INTERVAL 1 MONTH THEN to_months(1)
        END AS step
    FROM comparisons
    CROSS JOIN reference_limits
),

based_comparisons AS (
    SELECT *,
        (period_start - step)::DATE AS base_start,
        CASE WHEN period_end = last_day(period_end) THEN last_day((period_end - step)::DATE) ELSE (period_end - step)::DATE END
            AS base_end,
        concat_ws(' ', base_start::VARCHAR, 'to', base_end::VARCHAR) AS base_period
    FROM comparisons_with_bases
    WHERE step IS NOT NULL OR modality <> 'reported'
),

-- A change is in the unit of its level, a growth or multiple in none.
levels_in_sentences AS (
    SELECT doc_id, thing_id, period, modality, evidence_start, value_start, compared_unit, min(claim_id) AS claim_id
    FROM (SELECT *, unnest(['any', unit]) AS compared_unit FROM levels)
    GROUP BY doc_id, thing_id, period, modality, evidence_start, value_start, compared_unit
),

comparisons_in_sentences AS (
    SELECT claim_id, doc_id, thing_id, period, modality, evidence_start, value_start,
        CASE measure WHEN 'change' THEN unit ELSE 'any' END AS compared_unit
    FROM based_comparisons
),

in_sentences AS (
    SELECT * EXCLUDE (claim_id), claim_id AS level_id, NULL AS comparison_id FROM levels_in_sentences
    UNION ALL BY NAME
    SELECT * EXCLUDE (claim_id), claim_id AS comparison_id FROM comparisons_in_sentences
),

-- One after the other as they stand there; never every level with every comparison.
neighbours AS (
    SELECT comparison_id,
        last_value(level_id IGNORE NULLS) OVER (
            of_one_thing ORDER BY value_start RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS before,
        first_value(level_id IGNORE NULLS) OVER (
            of_one_thing ORDER BY value_start RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS behind
    FROM in_sentences
    WINDOW of_one_thing AS (PARTITION BY doc_id, thing_id, period, modality, evidence_start, compared_unit)
),

-- In the sentence of the comparison the nearest level before it and behind it. In another sentence only what cannot be
-- mistaken, and no goal: what is to be doubled stands beside the double. Of freight without named goods a growth told by
-- itself may be one of a part that no field holds.
levels_near_comparisons AS (
    SELECT comparison_id, before AS level_id FROM neighbours WHERE comparison_id IS NOT NULL AND before IS NOT NULL
    UNION
    SELECT comparison_id, behind FROM neighbours WHERE comparison_id IS NOT NULL AND behind IS NOT NULL
    UNION
    SELECT comparisons.claim_id, levels.claim_id
    FROM comparisons_in_sentences AS comparisons
    JOIN levels
        ON levels.doc_id = comparisons.doc_id AND levels.thing_id = comparisons.thing_id
        AND levels.period = comparisons.period AND levels.modality = comparisons.modality
    CROSS JOIN reference_limits
    WHERE levels.rivals = 1 AND levels.modality = 'reported' AND comparisons.compared_unit IN ('any', levels.unit)
        AND (levels.family = 'trade' OR levels.commodity IS NOT NULL)
        AND abs(levels.value_start - comparisons.value_start) <= furthest_apart
),

levels_of_comparisons AS (
    SELECT comparison, level
    FROM (
        SELECT based_comparisons AS comparison, levels AS level,
            levels.evidence_start = based_comparisons.evidence_start AS one_sentence,
            abs(levels.value_start - based_comparisons.value_start) AS apart
        FROM levels_near_comparisons AS near
        JOIN based_comparisons ON based_comparisons.claim_id = near.comparison_id
        JOIN levels ON levels.claim_id = near.level_id
    )
    QUALIFY row_number() OVER (PARTITION BY comparison.claim_id ORDER BY one_sentence DESC, apart, level.claim_id) = 1
        -- of two that would tell one base of one level, the nearer
        AND row_number() OVER (
            PARTITION BY level.claim_id, comparison.measure = 'change', comparison.base_period
            ORDER BY one_sentence DESC, apart, comparison.claim_id
        ) = 1
),

bases_by_comparison AS (
    SELECT
        CASE comparison.modality WHEN 'reported' THEN 'level_and_' ELSE 'goal_and_' END || comparison.measure AS rule,
        'base' AS implied,
        level.claim_id AS like_claim_id, level.thing_id, level.doc_id, level.indicator, level.unit, 'level' AS measure,
        level.a_year,
        comparison.base_start AS period_start, comparison.base_end AS period_end, comparison.base_period AS period,
        comparison.modality,
        CASE comparison.measure WHEN 'change' THEN level.value - comparison.value ELSE level.value / comparison.ratio END
            AS value,
        CASE comparison.measure
            WHEN 'change' THEN level.lowest - comparison.highest
            ELSE level.lowest / comparison.highest_ratio
        END AS lowest,
        CASE comparison.measure
            WHEN 'change' THEN level.highest - comparison.lowest
            ELSE CASE WHEN comparison.lowest_ratio > 0 THEN level.highest / comparison.lowest_ratio ELSE 'infinity' END
        END AS highest,
        [level.claim_id, comparison.claim_id] AS parts,
        least(level.confidence, comparison.confidence) AS confidence,
        level.value AS first_value,
        CASE comparison.measure WHEN 'change' THEN '-' ELSE '/' END AS operation,
        CASE comparison.measure WHEN 'change' THEN comparison.value ELSE comparison.ratio END AS second_value,
        [level.value_text, comparison.value_text] AS words
    FROM levels_of_comparisons
    WHERE comparison.measure = 'change' OR (comparison.ratio > 0 AND comparison.highest_ratio > 0)
),

-- The other way about: the base is told, and what has become of it only as a growth or multiple.
levels_by_base AS (
    SELECT 'base_and_' || based_comparisons.measure AS rule, 'level' AS implied,
        levels.claim_id AS like_claim_id, levels.thing_id, levels.doc_id, levels.indicator, levels.unit, 'level' AS measure,
        levels.a_year, based_comparisons.period_start, based_comparisons.period_end, based_comparisons.period,
        based_comparisons.modality,
        levels.value * based_comparisons.ratio AS value,
        levels.lowest * based_comparisons.lowest_ratio AS lowest,
        levels.highest * based_comparisons.highest_ratio AS highest,
        [levels.claim_id, based_comparisons.claim_id] AS parts,
        least(levels.confidence, based_comparisons.confidence) AS confidence,
        levels.value AS first_value, '*' AS operation, based_comparisons.ratio AS second_value,
        [levels.value_text, based_comparisons.value_text] AS words
    FROM based_comparisons
    JOIN levels
        ON levels.doc_id = based_comparisons.doc_id AND levels.thing_id = based_comparisons.thing_id
        AND levels.period = based_comparisons.base_period AND levels.modality = 'reported'
    WHERE based_comparisons.modality = 'reported' AND based_comparisons.measure <> 'change' AND levels.rivals = 1
        AND based_comparisons.lowest_ratio > 0
        AND based_comparisons.claim_id NOT IN (SELECT comparison.claim_id FROM levels_of_comparisons)
),

-- Two levels of one thing, a year apart.
growths AS (
    SELECT 'level_and_base' AS rule, 'growth' AS implied,
        levels.claim_id AS like_claim_id, levels.thing_id, levels.doc_id, levels.indicator, '%' AS unit, 'growth' AS measure,
        false AS a_year, levels.period_start, levels.period_end, levels.period, levels.modality,
        100 * (levels.value / bases.value - 1) AS value,
        100 * (levels.lowest / bases.highest - 1) AS lowest,
        CASE WHEN bases.lowest > 0 THEN 100 * (levels.highest / bases.lowest - 1) ELSE 'infinity' END AS highest,
        [levels.claim_id, bases.claim_id] AS parts,
        least(levels.confidence, bases.confidence) AS confidence,
        levels.value AS first_value, '/' AS operation, bases.value AS second_value,
        [levels.value_text, bases.value_text] AS words
    FROM levels
    JOIN levels AS bases
        ON bases.doc_id = levels.doc_id AND bases.thing_id = levels.thing_id AND bases.unit = levels.unit
        AND bases.modality = levels.modality
        AND bases.period_start = (levels.period_start - INTERVAL 1 YEAR)::DATE
        AND year(bases.period_end) = year(levels.period_end) - 1 AND month(bases.period_end) = month(levels.period_end)
    WHERE levels.modality = 'reported' AND levels.rivals = 1 AND bases.rivals = 1
        AND levels.period_kind IN ('year', 'part') AND bases.period_kind = levels.period_kind
),

-- What names a part and not its whole: the partner, the goods, the mode, one end of the journey. Of a share that names two of
-- these, such as wheat sold to one partner, claims do not tell of which it is a share.
shares AS (
    SELECT *, list_filter([
        CASE WHEN len(partner) > 0 THEN 'partner' END,
        CASE WHEN commodity IS NOT NULL THEN 'commodity' END,
        CASE WHEN mode IS NOT NULL THEN 'mode' END,
        CASE WHEN len(origin) > 0 THEN 'origin' END,
        CASE WHEN len(destination) > 0 THEN 'destination' END
    ], lambda thing: thing IS NOT NULL) AS named
    FROM figures
    WHERE measure = 'share' AND value > 0 AND value < 100 AND period_kind <> 'untold'
),

shares_of_wholes AS (
    SELECT shares.* EXCLUDE (partner, commodity, mode, origin, destination, thing_id), thing_id AS part_id,
        named[1] AS leaves_out,
        CASE WHEN leaves_out = 'partner' THEN [] ELSE partner END AS partner,
        CASE WHEN leaves_out = 'commodity' THEN NULL ELSE commodity END AS commodity,
        CASE WHEN leaves_out = 'mode' THEN NULL ELSE mode END AS mode,
        CASE WHEN leaves_out = 'origin' THEN [] ELSE origin END AS origin,
        CASE WHEN leaves_out = 'destination' THEN [] ELSE destination END AS destination
    FROM shares
    -- and the whole is of somewhere
    WHERE len(named) = 1 AND (len(reporter) > 0 OR corridor IS NOT NULL)
),

levels_of_shares AS (
    SELECT shares_of_wholes AS share, levels AS level
    FROM shares_of_wholes
    JOIN levels
        ON levels.doc_id = shares_of_wholes.doc_id AND levels.thing_id = shares_of_wholes.part_id
        AND levels.period = shares_of_wholes.period AND levels.modality = shares_of_wholes.modality
        AND levels.evidence_start = shares_of_wholes.evidence_start
    CROSS JOIN reference_limits
    WHERE levels.place <= most_rivals
    UNION ALL
    SELECT shares_of_wholes, levels
    FROM shares_of_wholes
    JOIN levels
        ON levels.doc_id = shares_of_wholes.doc_id AND levels.thing_id = shares_of_wholes.part_id
        AND levels.period = shares_of_wholes.period AND levels.modality = shares_of_wholes.modality
    CROSS JOIN reference_limits
    WHERE levels.rivals = 1 AND levels.evidence_start <> shares_of_wholes.evidence_start
        AND abs(levels.value_start - shares_of_wholes.value_start) <= furthest_apart
),

wholes AS (
    SELECT 'part_and_share' AS rule, 'whole' AS implied, share.leaves_out AS leaves_out,
        share.claim_id AS like_claim_id,
        thing_key(
            share.indicator, traits.directed, share.reporter, share.partner, share.origin, share.destination, share.corridor,
            share.mode, share.commodity
        ) AS thing_id,
        level.doc_id, level.indicator, level.unit, 'level' AS measure,
        level.a_year, level.period_start, level.period_end, level.period, level.modality,
        level.value * 100 / share.value AS value,
        level.lowest * 100 / share.highest AS lowest,
        CASE WHEN share.lowest > 0 THEN level.highest * 100 / share.lowest ELSE 'infinity' END AS highest,
        [level.claim_id, share.claim_id] AS parts,
        least(level.confidence, share.confidence) AS confidence,
        level.value AS first_value, '/' AS operation, share.value / 100 AS second_value,
        [level.value_text, share.value_text] AS words
    FROM levels_of_shares
    JOIN reference_indicators AS traits ON traits.indicator = share.indicator
    QUALIFY row_number() OVER (
        PARTITION BY share.claim_id
        ORDER BY level.evidence_start = share.evidence_start DESC, abs(level.value_start - share.value_start), level.claim_id
    ) = 1
),

trade_both_ways AS (
    SELECT exports, imports
    FROM (
        SELECT exports, imports
        FROM levels AS exports
        JOIN levels AS imports
            ON imports.doc_id = exports.doc_id AND imports.reporter = exports.reporter AND imports.partner = exports.partner
            AND imports.period = exports.period AND imports.unit = exports.unit AND imports.modality = exports.modality
            AND coalesce(imports.commodity, '') = coalesce(exports.commodity, '')
        WHERE exports.indicator = 'exports' AND imports.indicator = 'imports' AND len(exports.reporter) > 0
            AND exports.rivals = 1 AND imports.rivals = 1 AND exports.period_kind <> 'untold' AND exports.modality = 'reported'
            AND coalesce(exports.corridor, exports.mode, imports.corridor, imports.mode) IS NULL
            AND length(exports.unit) = 3
    )
),

sums AS (
    SELECT 'exports_and_imports' AS rule, unnest(['turnover', 'balance']) AS implied,
        exports.claim_id AS like_claim_id,
        thing_key(implied, implied = 'balance', exports.reporter, exports.partner, [], [], NULL, NULL, exports.commodity)
            AS thing_id,
        exports.doc_id, implied AS indicator, exports.unit,
        'level' AS measure, false AS a_year, exports.period_start, exports.period_end, exports.period, exports.modality,
        CASE implied WHEN 'turnover' THEN exports.value + imports.value ELSE exports.value - imports.value END AS value,
        CASE implied WHEN 'turnover' THEN exports.lowest + imports.lowest ELSE exports.lowest - imports.highest END AS lowest,
        CASE implied WHEN 'turnover' THEN exports.highest + imports.highest ELSE exports.highest - imports.lowest END
            AS highest,
        [exports.claim_id, imports.claim_id] AS parts,
        least(exports.confidence, imports.confidence) AS confidence,
        exports.value AS first_value,
        CASE implied WHEN 'turnover' THEN '+' ELSE '-' END AS operation,
        imports.value AS second_value,
        [exports.value_text, imports.value_text] AS words
    FROM trade_both_ways
),

results AS (
    SELECT *, substring(md5(concat_ws('|', rule, implied, array_to_string(parts, ' '))), 1, 20) AS derivation_id
    FROM (
        FROM bases_by_comparison
        UNION ALL BY NAME FROM levels_by_base
        UNION ALL BY NAME FROM growths
        UNION ALL BY NAME FROM wholes
        UNION ALL BY NAME FROM sums
    )
    -- two open ends leave nothing said
    WHERE isfinite(value) AND (isfinite(lowest) OR isfinite(highest))
),

-- What the text says itself of the thing worked out: a level, or for a growth a growth or multiple.
figures_told AS (
    SELECT claim_id, doc_id, thing_id, unit, period, 'level' AS measure, value, lowest, highest, confidence
    FROM figures
    WHERE modality = 'reported' AND measure = 'level'
    UNION ALL
    SELECT claim_id, doc_id, thing_id, '%', period, 'growth',
        100 * (ratio - 1), 100 * (lowest_ratio - 1), 100 * (highest_ratio - 1), confidence
    FROM based_comparisons
    WHERE modality = 'reported' AND measure <> 'change' AND step = to_months(12)
),

told AS (
    SELECT figures_told.*
    FROM figures_told
    CROSS JOIN reference_limits
    QUALIFY row_number() OVER (
        PARTITION BY doc_id, thing_id, measure, unit, period ORDER BY confidence DESC, claim_id
    ) <= most_rivals
),

told_of_results AS (
    SELECT results.derivation_id, told.claim_id AS told_claim_id, told.value AS told_value,
        told.lowest AS told_lowest, told.highest AS told_highest, told.confidence AS told_confidence
    FROM results
    JOIN told
        ON told.doc_id = results.doc_id AND told.thing_id = results.thing_id AND told.measure = results.measure
        AND told.unit = results.unit AND told.period = results.period
    WHERE results.modality = 'reported' AND NOT list_contains(results.parts, told.claim_id)
    QUALIFY row_number() OVER (
        PARTITION BY results.derivation_id
        -- of several statements the one that fits best
        ORDER BY greatest(told.lowest - results.highest, results.lowest - told.highest, 0), told.confidence DESC, told.claim_id
    ) = 1
)

SELECT results.derivation_id, doc_id, rule, implied, leaves_out, indicator, measure,
    unit || CASE WHEN a_year THEN '/yr' ELSE '' END AS unit, like_claim_id,
    thing_id, period_start, period_end, modality,
    value,
    CASE WHEN isfinite(lowest) THEN lowest END AS lowest,
    CASE WHEN isfinite(highest) THEN highest END AS highest,
    list_sort(parts) AS claim_ids,
    concat(
        words[1], ' and ', words[2], ': ',
        in_figures(first_value), ' ', operation, ' ', in_figures(second_value),
        CASE WHEN implied = 'growth' THEN ' - 1' ELSE '' END,
        ' = ',
        CASE WHEN abs(value) >= 1000 THEN format('{:,.0f}', value) ELSE printf('%.4g', value) END,
        ' ', unit, CASE WHEN a_year THEN '/yr' ELSE '' END
    ) AS arithmetic,
    told_claim_id, told_value,
    CASE WHEN told_claim_id IS NOT NULL THEN told_lowest <= highest AND lowest <= told_highest END AS fits,
    least(confidence, coalesce(told_confidence, confidence)) AS confidence
FROM results
LEFT JOIN told_of_results ON told_of_results.derivation_id = results.derivation_id;
