-- Every number of a document with a voice of its own as an interval: what its last digit and its bound leave open.
--
-- A figure stands for all that is rounded to it; a goal is meant as it stands. Whether a bound opens the interval upwards or
-- downwards goes by the sign: 'fell over 5 percent' is below minus 5.
WITH numbers AS (
    SELECT claims.*, traits.nature, traits.directed, documents.published_on,
        value_low / 2 + value_high / 2 AS value
    FROM quantity_claims() AS claims
    JOIN documents ON documents.doc_id = claims.doc_id
    JOIN reference_indicators AS traits ON traits.indicator = claims.indicator
    WHERE claims.measure <> 'event' AND coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
        AND isfinite(claims.value_low) AND isfinite(claims.value_high)
),

roundings AS (
    SELECT *,
        CASE
            WHEN value_low <> value_high OR (modality IN ('target', 'forecast') AND measure <> 'multiple') THEN 0
            -- percentages are rounded to their last decimal, however large they are
            WHEN unit = '%' THEN least(half_of_last_digit(1000 + abs(value), rounding_percent / 100), 0.5)
            ELSE half_of_last_digit(value, rounding_percent / 100)
        END AS rounding
    FROM numbers
    CROSS JOIN reference_limits
),

margins AS (
    SELECT *,
        CASE bound
            WHEN 'exact' THEN rounding
            WHEN 'about' THEN greatest(rounding, abs(value) * about_percent / 100)
            -- 'over' and 'under' say on which side of the figure itself the truth lies
            ELSE 0
        END AS margin,
        CASE
            WHEN bound = 'over' THEN CASE WHEN value < 0 THEN 'down' ELSE 'up' END
            WHEN bound = 'under' THEN CASE WHEN value < 0 THEN 'up' ELSE 'down' END
        END AS opening
    FROM roundings
)

SELECT claim_id, doc_id, family, indicator, measure, nature,
    thing_key(indicator, directed, reporter, partner, origin, destination, corridor, mode, commodity) AS thing_id,
    regexp_replace(unit, '/yr$', '') AS unit,
    ends_with(unit, '/yr') AS a_year,
    value,
    CASE
        WHEN opening = 'down' AND measure = 'growth' THEN -100
        WHEN opening = 'down' AND (value < 0 OR measure = 'change' OR indicator = 'balance') THEN NULL
        WHEN opening = 'down' THEN 0
        ELSE value_low - margin
    END AS lowest,
    CASE WHEN opening = 'up' THEN CASE WHEN value < 0 THEN 0 END ELSE value_high + margin END AS highest,
    modality, period_start, period_end,
    CASE
        WHEN period_start IS NULL THEN CASE WHEN period_end IS NULL THEN 'untold' ELSE 'until' END
        WHEN period_end IS NULL THEN 'since'
        WHEN period_end = (period_start + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE THEN 'year'
        WHEN period_end < (period_start + INTERVAL 1 YEAR)::DATE THEN 'part'
        ELSE 'years'
    END AS period_kind,
    coalesce(period_end, published_on) AS holds_on,
    confidence,
    confidence >= least_confidence AS counts
FROM margins;
