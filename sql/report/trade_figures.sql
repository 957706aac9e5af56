-- How large is the trade of pairs of economies, in money? The pairs of which most documents tell, with their best supported
-- figures.
WITH figures AS (
    SELECT *, 'turnover' AS indicator, 'level' AS measure, [first_code] AS reporter, [second_code] AS partner
    FROM bilateral_turnover
    WHERE commodity IS NULL AND mode IS NULL AND corridor IS NULL AND modality <> 'negated' AND value_high > 0
        AND regexp_matches(unit, '^[A-Z]{3}$')
),

pairs AS (
    SELECT pair, sum(documents) AS told, max(latest_published_on) AS latest, sum(claims) AS claims
    FROM figures
    JOIN (SELECT fact_id, claims FROM facts) USING (fact_id)
    GROUP BY pair
),

best_pairs AS (
    SELECT pair, row_number() OVER (ORDER BY told DESC, claims DESC, latest DESC NULLS LAST, pair) AS rank,
        count(*) OVER () AS pairs
    FROM pairs
    QUALIFY rank <= $pairs
),

-- the currency in which most is told of a pair: one axis holds one unit
units AS (
    SELECT pair, unit
    FROM figures
    JOIN best_pairs USING (pair)
    GROUP BY pair, unit
    QUALIFY row_number() OVER (PARTITION BY pair ORDER BY sum(documents) DESC, unit) = 1
)

SELECT figures.*, best_pairs.rank, best_pairs.pairs
FROM figures
JOIN best_pairs USING (pair)
JOIN units USING (pair, unit)
QUALIFY row_number() OVER (
    PARTITION BY pair ORDER BY beside_fact_id IS NOT NULL, documents DESC, confidence DESC, period_end DESC NULLS LAST, fact_id
) <= $figures
ORDER BY rank, period_end NULLS LAST, period_start NULLS FIRST, modality, beside_fact_id IS NOT NULL, fact_id;
