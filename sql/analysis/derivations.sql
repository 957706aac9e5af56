-- What follows by arithmetic from the figures of one text, beside what the text itself says of it.
--
-- A growth, multiple or change belongs to the level of the same thing and period that is told nearest to it, in its own
-- sentence before any other. What it is measured against goes by the words near it (growth_bases.csv).
WITH limits AS (
    SELECT max(value::DOUBLE) FILTER (WHERE name = 'furthest_apart') AS furthest_apart FROM reference_arithmetic_limits
),

claims_of_both AS (
    SELECT * FROM trade_claims
    UNION ALL BY NAME
    SELECT * FROM freight_claims
),

-- Open ends as infinities, so that arithmetic carries them on.
figures AS (
    SELECT measurements.* EXCLUDE (lowest, highest),
        coalesce(measurements.lowest, '-infinity'::DOUBLE) AS lowest,
        coalesce(measurements.highest, 'infinity'::DOUBLE) AS highest,
        concat_ws(' ', measurements.period_start::VARCHAR, 'to', measurements.period_end::VARCHAR) AS period,
        claims_of_both.reporter, claims_of_both.partner, claims_of_both.corridor, claims_of_both.mode, claims_of_both.commodity,
        claims_of_both.evidence, claims_of_both.evidence_start, claims_of_both.value_start, claims_of_both.value_end,
        claims_of_both.value_text, claims_of_both.origin, claims_of_both.destination
    FROM measurements
    JOIN claims_of_both USING (claim_id)
    WHERE measurements.counts AND measurements.modality IN ('reported', 'target', 'forecast')
        -- the same undertaking cannot be told from another
        AND measurements.nature <> 'undertaking'
),

levels AS (
    SELECT *,
        count(*) OVER (PARTITION BY doc_id, thing_id, unit, period, modality) AS rivals
    FROM figures
    WHERE measure = 'level' AND value > 0
),

comparisons AS (
    SELECT figures.*,
        -- as a ratio to the base
        CASE measure WHEN 'growth' THEN 1 + value / 100 WHEN 'multiple' THEN value END AS ratio,
        CASE measure WHEN 'growth' THEN 1 + lowest / 100 WHEN 'multiple' THEN lowest END AS lowest_ratio,
        CASE measure WHEN 'growth' THEN 1 + highest / 100 WHEN 'multiple' THEN highest END AS highest_ratio,
        -- behind the number up to the next comparison of the sentence
        lead(value_start) OVER (PARTITION BY doc_id, evidence_start ORDER BY value_start, claim_id) AS next_start
    FROM figures
    WHERE measure IN ('growth', 'multiple', 'change')
),

words_behind AS (
    SELECT claim_id, 1 AS nearness,
        lower(substring(
            evidence, value_end - evidence_start + 1,
            CASE WHEN next_start > value_end THEN next_start - value_end ELSE length(evidence) END
        )) AS words
    FROM comparisons
    UNION ALL
    SELECT claim_id, 2 AS nearness, lower(evidence) AS words
    FROM comparisons
),

signs_of_bases AS (
    SELECT words_behind.claim_id, words_behind.nearness, bases.base, NULL::INTEGER AS named_year,
        position(bases.phrase IN words_behind.words) AS place
    FROM words_behind
    CROSS JOIN reference_growth_bases AS bases
    WHERE contains(words_behind.words, bases.phrase) AND (words_behind.nearness = 1 OR bases.said_in = 'sentence')
    UNION ALL
    SELECT claim_id, nearness, 'named' AS base, regexp_extract(words, '\b(?:19|20)\d\d\b')::INTEGER AS named_year,
        position(regexp_extract(words, '\b(?:19|20)\d\d\b') IN words) AS place
    FROM words_behind
    WHERE regexp_matches(words, '\b(?:19|20)\d\d\b') AND nearness = 1
),

bases_told AS (
    SELECT claim_id,
        -- the first sign behind the number, else the first in the sentence; 'the same period of 2019' is of 2019
        arg_min(base, nearness * 1000000 + place) AS first_base,
        arg_min(named_year, nearness * 1000000 + place) FILTER (WHERE named_year IS NOT NULL) AS named_year,
        coalesce(bool_or(base NOT IN ('year', 'named')) FILTER (WHERE nearness = 1), false) AS other_signs_behind
    FROM signs_of_bases
    GROUP BY claim_id
),

dated_comparisons AS (
    SELECT comparisons.*,
        CASE
            WHEN modality <> 'reported' THEN 'now'
            WHEN first_base IN ('year', 'named') AND named_year < year(period_end) AND NOT other_signs_behind THEN 'named'
            WHEN first_base = 'named' AND named_year >= year(period_end) THEN 'year'
            -- over a month or so, the base of a growth goes without saying neither way
            WHEN first_base IS NULL AND period_end - period_start < 45 THEN 'other'
            ELSE coalesce(first_base, 'year')
        END AS base_told,
        year(period_end) - named_year AS years_to_named
    FROM comparisons
    LEFT JOIN bases_told USING (claim_id)
),

comparisons_with_bases AS (
    SELECT *,
        CASE
            WHEN base_told = 'year' AND period_kind IN ('year', 'part') THEN to_months(12)
            WHEN base_told = 'named' AND period_kind IN ('year', 'part') AND years_to_named BETWEEN 1 AND 10
                THEN to_months((12 * years_to_named)::INTEGER)
            WHEN base_told = 'quarter' AND period_end - period_start BETWEEN 88 AND 92 THEN to_months(3)
            WHEN base_told = 'month' AND period_end - period_start BETWEEN 27 AND 31 THEN to_months(1)
        END AS step
    FROM dated_comparisons
),

based_comparisons AS (
    SELECT *,
        (period_start - step)::DATE AS base_start,
        CASE WHEN period_end = last_day(period_end) THEN last_day((period_end - step)::DATE) ELSE (period_end - step)::DATE END
            AS base_end,
        concat_ws(' ', base_start::VARCHAR, 'to', base_end::VARCHAR) AS base_period
    FROM comparisons_with_bases
    WHERE (step IS NOT NULL AND period_end IS NOT NULL) OR base_told = 'now'
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

-- In the sentence of the comparison the nearest level before it and behind it. In another sentence only what cannot be
-- mistaken, and no goal: what is to be doubled stands beside the double. Never every level with every comparison.
levels_near_comparisons AS (
    SELECT comparisons.claim_id AS comparison_id, before.claim_id AS level_id
    FROM comparisons_in_sentences AS comparisons
    ASOF JOIN levels_in_sentences AS before
        ON before.doc_id = comparisons.doc_id AND before.thing_id = comparisons.thing_id
        AND before.period = comparisons.period AND before.modality = comparisons.modality
        AND before.evidence_start = comparisons.evidence_start AND before.compared_unit = comparisons.compared_unit
        AND comparisons.value_start >= before.value_start
    UNION
    SELECT comparisons.claim_id, behind.claim_id
    FROM comparisons_in_sentences AS comparisons
    ASOF JOIN levels_in_sentences AS behind
        ON behind.doc_id = comparisons.doc_id AND behind.thing_id = comparisons.thing_id
        AND behind.period = comparisons.period AND behind.modality = comparisons.modality
        AND behind.evidence_start = comparisons.evidence_start AND behind.compared_unit = comparisons.compared_unit
        AND comparisons.value_start <= behind.value_start
    UNION
    SELECT comparisons.claim_id, levels.claim_id
    FROM comparisons_in_sentences AS comparisons
    JOIN levels
        ON levels.doc_id = comparisons.doc_id AND levels.thing_id = comparisons.thing_id
        AND levels.period = comparisons.period AND levels.modality = comparisons.modality
    CROSS JOIN limits
    WHERE levels.rivals = 1 AND levels.modality = 'reported' AND comparisons.compared_unit IN ('any', levels.unit)
        AND abs(levels.value_start - comparisons.value_start) <= limits.furthest_apart
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

-- A share of two sides' trade, or of named goods or journeys, tells the whole that they are a part of. Which whole that is,
-- claims do not tell.
wholes AS (
    SELECT 'part_and_share' AS rule, 'whole' AS implied,
        levels.claim_id AS like_claim_id, levels.thing_id, levels.doc_id, levels.indicator, levels.unit, 'level' AS measure,
        levels.a_year, levels.period_start, levels.period_end, levels.period, levels.modality,
        levels.value * 100 / shares.value AS value,
        levels.lowest * 100 / shares.highest AS lowest,
        CASE WHEN shares.lowest > 0 THEN levels.highest * 100 / shares.lowest ELSE 'infinity' END AS highest,
        [levels.claim_id, shares.claim_id] AS parts,
        least(levels.confidence, shares.confidence) AS confidence,
        levels.value AS first_value, '/' AS operation, shares.value / 100 AS second_value,
        [levels.value_text, shares.value_text] AS words
    FROM figures AS shares
    JOIN levels
        ON levels.doc_id = shares.doc_id AND levels.thing_id = shares.thing_id AND levels.period = shares.period
        AND levels.modality = shares.modality
    CROSS JOIN limits
    WHERE shares.measure = 'share' AND shares.value > 0 AND shares.value < 100
        AND shares.period_kind <> 'untold'
        AND (len(shares.partner) > 0 OR len(shares.origin) > 0 OR len(shares.destination) > 0)
        AND (
            levels.evidence_start = shares.evidence_start
            OR (levels.rivals = 1 AND abs(levels.value_start - shares.value_start) <= limits.furthest_apart)
        )
    QUALIFY row_number() OVER (
        PARTITION BY shares.claim_id
        ORDER BY levels.evidence_start = shares.evidence_start DESC, abs(levels.value_start - shares.value_start),
            levels.claim_id
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
        exports.claim_id AS like_claim_id, NULL::VARCHAR AS thing_id, exports.doc_id, implied AS indicator, exports.unit,
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
    FROM bases_by_comparison
    UNION ALL BY NAME FROM levels_by_base
    UNION ALL BY NAME FROM growths
    UNION ALL BY NAME FROM wholes
    UNION ALL BY NAME FROM sums
),

-- What the text says itself of the thing worked out: a level, or for a growth a growth or multiple.
told AS (
    SELECT claim_id, doc_id, thing_id, unit, period, modality, 'level' AS measure, indicator, reporter, partner, commodity,
        value, lowest, highest, value_start, confidence
    FROM levels
    WHERE modality = 'reported'
    UNION ALL
    SELECT claim_id, doc_id, thing_id, '%', period, modality, 'growth', indicator, reporter, partner, commodity,
        100 * (ratio - 1), 100 * (lowest_ratio - 1), 100 * (highest_ratio - 1), value_start, confidence
    FROM based_comparisons
    WHERE modality = 'reported' AND measure <> 'change' AND base_told IN ('year', 'named')
    UNION ALL
    SELECT claim_id, doc_id, NULL, unit, period, modality, 'level', indicator, reporter, partner, commodity,
        value, lowest, highest, value_start, confidence
    FROM figures
    WHERE measure = 'level' AND indicator IN ('turnover', 'balance') AND coalesce(corridor, mode) IS NULL
),

told_of_results AS (
    SELECT results.*, told.claim_id AS told_claim_id, told.value AS told_value,
        told.lowest AS told_lowest, told.highest AS told_highest, told.confidence AS told_confidence
    FROM results
    LEFT JOIN claims_of_both AS alike ON alike.claim_id = results.like_claim_id
    LEFT JOIN told
        ON told.doc_id = results.doc_id AND told.measure = results.measure AND told.unit = results.unit
        AND told.period = results.period AND told.indicator = results.indicator
        AND told.thing_id IS NOT DISTINCT FROM results.thing_id
        AND results.implied <> 'whole' AND results.modality = 'reported'
        AND NOT list_contains(results.parts, told.claim_id)
        AND (
            results.thing_id IS NOT NULL
            OR (
                list_sort(list_concat(told.reporter, told.partner)) = list_sort(list_concat(alike.reporter, alike.partner))
                AND coalesce(told.commodity, '') = coalesce(alike.commodity, '')
                AND (results.indicator = 'turnover' OR told.reporter = alike.reporter)
            )
        )
    QUALIFY row_number() OVER (
        PARTITION BY results.rule, results.implied, results.parts
        -- of several statements the one that fits best
        ORDER BY coalesce(greatest(told.lowest - results.highest, results.lowest - told.highest, 0), 0), told.confidence DESC,
            told.claim_id
    ) = 1
)

SELECT
    substring(md5(concat_ws('|', rule, implied, array_to_string(parts, ' '))), 1, 20) AS derivation_id,
    doc_id, rule, implied, indicator, measure, unit || CASE WHEN a_year THEN '/yr' ELSE '' END AS unit, like_claim_id,
    thing_id, period_start, period_end, modality,
    value,
    CASE WHEN isfinite(lowest) THEN lowest END AS lowest,
    CASE WHEN isfinite(highest) THEN highest END AS highest,
    list_sort(parts) AS claim_ids,
    concat(
        words[1], ' and ', words[2], ': ',
        CASE WHEN abs(first_value) >= 1000 THEN format('{:,.0f}', first_value) ELSE printf('%.6g', first_value) END,
        ' ', operation, ' ',
        CASE WHEN abs(second_value) >= 1000 THEN format('{:,.0f}', second_value) ELSE printf('%.6g', second_value) END,
        CASE WHEN implied = 'growth' THEN ' - 1' ELSE '' END,
        ' = ',
        CASE WHEN abs(value) >= 1000 THEN format('{:,.0f}', value) ELSE printf('%.4g', value) END,
        ' ', unit, CASE WHEN a_year THEN '/yr' ELSE '' END
    ) AS arithmetic,
    told_claim_id, told_value,
    CASE WHEN told_claim_id IS NOT NULL THEN told_lowest <= highest AND lowest <= told_highest END AS fits,
    least(confidence, coalesce(told_confidence, confidence)) AS confidence
FROM told_of_results
-- two open ends leave nothing said
WHERE isfinite(value) AND (isfinite(lowest) OR isfinite(highest));
