-- What a growth, multiple or change is measured against, by the words near it.
--
-- The first sign behind the number counts, up to the next such number, else the first in its sentence: words that tell the
-- base (growth_bases.csv), among them those that a year or a part of one follows by its name, or any earlier year. Where
-- nothing is said, a growth over a year or a longer part of one is taken for that on the year before.
WITH comparisons AS (
    SELECT claim_id, period_start, period_end, lower(evidence) AS sentence,
        md5(concat_ws('|', doc_id, evidence_start, sentence)) AS sentence_id,
        lead(value_start) OVER (PARTITION BY doc_id, evidence_start ORDER BY value_start, claim_id) AS next_start,
        lower(substring(
            evidence, value_end - evidence_start + 1,
            CASE WHEN next_start > value_end THEN next_start - value_end ELSE length(evidence) END
        )) AS words_behind
    FROM quantity_claims()
    WHERE measure IN ('growth', 'multiple', 'change')
),

-- Each sentence is read once, however many comparisons it has.
passages AS (
    SELECT claim_id AS passage_id, words_behind AS words, year(period_end) AS its_year, true AS behind_number
    FROM comparisons
    UNION ALL
    SELECT DISTINCT sentence_id, sentence, NULL, false FROM comparisons
),

phrases AS (
    SELECT passage_id, base, position(phrase IN words) AS place, substring(words, place + length(phrase)) AS words_after,
        regexp_extract(words_after, '^ (?:the )?(\pL+ (?:quarter|half)|\w+)', 1) AS period_name,
        substring(words_after, position(period_name IN words_after) + length(period_name)) AS words_after_name
    FROM passages
    JOIN reference_growth_bases ON contains(words, phrase) AND (behind_number OR said_in = 'sentence')
),

signs AS (
    SELECT passage_id, base, place, try_cast(regexp_extract(words_after, '\b(?:19|20)\d\d\b') AS INTEGER) AS named_year,
        NULL::INTEGER AS first_month, NULL::INTEGER AS months
    FROM phrases
    WHERE base <> 'named'
    UNION ALL
    SELECT passage_id, base, place, period_name::INTEGER, NULL, NULL
    FROM phrases
    WHERE base = 'named' AND regexp_full_match(period_name, '(?:19|20)\d\d')
    UNION ALL
    -- 'from May 3' and 'from May to June' are no base
    SELECT passage_id, base, place,
        try_cast(regexp_extract(words_after_name, '^\W{1,2}(?:of |in )?((?:19|20)\d\d)\b', 1) AS INTEGER),
        first_month, months
    FROM phrases
    JOIN reference_period_names ON name = period_name
    WHERE base = 'named'
        AND NOT regexp_matches(words_after_name, '^\W{0,2}(?:\d{1,2}\b|to\b|through\b|until\b|till\b|[-–—])')
    UNION ALL
    SELECT passage_id, 'named', position(regexp_extract(words, '\b(?:19|20)\d\d\b') IN words),
        try_cast(regexp_extract(words, '\b(?:19|20)\d\d\b') AS INTEGER) AS year_behind, NULL, NULL
    FROM passages
    WHERE year_behind < its_year
),

first_signs AS (
    SELECT * FROM signs QUALIFY row_number() OVER (PARTITION BY passage_id ORDER BY place, base, named_year, first_month) = 1
),

signs_of_comparisons AS (
    SELECT comparisons.*, first_signs.* EXCLUDE (passage_id)
    FROM (
        SELECT claim_id, period_start, period_end, unnest([claim_id, sentence_id]) AS passage_id FROM comparisons
    ) AS comparisons
    LEFT JOIN first_signs ON first_signs.passage_id = comparisons.passage_id
    QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY base IS NULL, comparisons.passage_id = claim_id DESC) = 1
),

-- A part of a year whose year goes without saying is the latest before.
dated AS (
    SELECT *, date_diff('month', period_start, period_end + 1) AS months_long,
        make_date(
            coalesce(named_year, year(period_start) - CASE WHEN first_month >= month(period_start) THEN 1 ELSE 0 END),
            first_month, 1
        ) AS part_start,
        date_diff('month', part_start, period_start) AS months_back
    FROM signs_of_comparisons
)

SELECT claim_id,
    CASE
        WHEN months <> months_long OR months IS NOT NULL AND months_back IS NULL THEN 'other'
        WHEN months_back = 12 THEN 'year'
        WHEN months_back > 0 AND months_back % 12 = 0 THEN year(part_start)::VARCHAR
        WHEN months_back = 3 AND months = 3 THEN 'quarter'
        WHEN months_back = 1 AND months = 1 THEN 'month'
        WHEN months IS NOT NULL THEN 'other'
        WHEN base IN ('same', 'named') AND named_year = year(period_end) - 1 THEN 'year'
        WHEN base IN ('same', 'named') AND coalesce(named_year < year(period_end), named_year IS NOT NULL)
            THEN named_year::VARCHAR
        WHEN base = 'same' THEN 'year'
        WHEN base <> 'named' THEN base
        -- over a month or so it goes without saying neither way
        WHEN period_end - period_start BETWEEN untold_base_days AND 366 THEN 'year'
        ELSE 'untold'
    END AS base
FROM dated
CROSS JOIN reference_limits;
