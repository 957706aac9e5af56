-- Every number of a document with a voice of its own as an interval: what its last digit and its bound leave open.
WITH numbers AS (
    SELECT claims.*, traits.nature, traits.directed, documents.published_on, least_confidence,
        value_low / 2 + value_high / 2 AS value,
        told_interval(value_low, value_high, bound, measure, unit, modality, rounding_percent, about_percent) AS told
    FROM quantity_claims() AS claims
    JOIN documents ON documents.doc_id = claims.doc_id
    JOIN reference_indicators AS traits ON traits.indicator = claims.indicator
    CROSS JOIN reference_limits
    WHERE claims.measure <> 'event' AND coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
        AND isfinite(claims.value_low) AND isfinite(claims.value_high)
)

SELECT claim_id, doc_id, family, indicator, measure, nature,
    thing_key(indicator, directed, reporter, partner, origin, destination, corridor, mode, commodity) AS thing_id,
    regexp_replace(unit, '/yr$', '') AS unit,
    ends_with(unit, '/yr') AS a_year,
    value,
    -- what falls cannot fall by more than all of it, and amounts end at nothing
    CASE
        WHEN told.lowest IS NOT NULL THEN told.lowest
        WHEN measure = 'growth' THEN -100
        WHEN value >= 0 AND measure <> 'change' AND indicator <> 'balance' THEN 0
    END AS lowest,
    CASE WHEN told.highest IS NULL AND value < 0 THEN 0 ELSE told.highest END AS highest,
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
FROM numbers;
