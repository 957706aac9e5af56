-- Facts: what claims say alike, by how many voices, and whether these agree.
WITH claims_of_both AS (
    SELECT 'trade' AS family, * FROM trade_claims
    UNION ALL BY NAME
    SELECT 'freight' AS family, * FROM freight_claims
),

stated AS (
    SELECT claims_of_both.* EXCLUDE (reporter, partner),
        first_side(indicator NOT IN ('turnover', 'deal_value'), reporter, partner) AS reporter,
        second_side(indicator NOT IN ('turnover', 'deal_value'), reporter, partner) AS partner,
        fact_claims.fact_id, fact_claims.voice, fact_claims.independent, fact_claims.least_value, fact_claims.most_value,
        documents.published_on, documents.publisher
    FROM fact_claims
    JOIN claims_of_both ON claims_of_both.claim_id = fact_claims.claim_id
    JOIN documents ON documents.doc_id = claims_of_both.doc_id
    WHERE documents.duplicate_of IS NULL
),

counted AS (
    SELECT fact_id,
        min(value_low) AS lowest_value,
        median((value_low + value_high) / 2) FILTER (WHERE independent) AS median_value,
        max(value_high) AS highest_value,
        count(*) FILTER (WHERE independent) AS voices,
        count(DISTINCT doc_id) AS documents,
        count(DISTINCT publisher) AS publishers,
        count(*) AS claims,
        min(published_on) AS first_published_on,
        max(published_on) AS latest_published_on,
        first(claim_id ORDER BY confidence DESC, published_on DESC NULLS LAST, claim_id) AS claim_id,
        coalesce(max(least_value) FILTER (WHERE independent) > min(most_value) FILTER (WHERE independent), false) AS differing
    FROM stated
    GROUP BY fact_id
)

SELECT counted.* EXCLUDE (differing),
    family, indicator, measure, reporter, partner, origin, destination, corridor, mode, commodity, period_start, period_end,
    unit, modality, confidence,
    CASE WHEN period_start IS NULL AND period_end IS NULL THEN year(published_on) END AS told_in,
    CASE
        WHEN period_start IS NULL AND period_end IS NULL THEN NULL
        WHEN period_start IS NULL THEN 'until'
        WHEN period_end IS NULL THEN 'since'
        WHEN period_start = period_end THEN 'day'
        WHEN day(period_start) <> 1 OR period_end <> last_day(period_end) THEN 'days'
        WHEN month(period_start) = month(period_end) AND year(period_start) = year(period_end) THEN 'month'
        WHEN month(period_start) % 3 = 1 AND period_end = period_start + INTERVAL 3 MONTH - INTERVAL 1 DAY THEN 'quarter'
        WHEN month(period_start) % 6 = 1 AND period_end = period_start + INTERVAL 6 MONTH - INTERVAL 1 DAY THEN 'half_year'
        WHEN month(period_start) = 1 AND period_end = period_start + INTERVAL 12 MONTH - INTERVAL 1 DAY THEN 'year'
        ELSE 'months'
    END AS grain,
    coalesce(grain = 'year', false) AS whole_year,
    coalesce(
        month(period_start) = 1 AND day(period_start) = 1 AND year(period_start) = year(period_end)
            AND grain NOT IN ('day', 'year'),
        false
    ) AS cumulative,
    CASE WHEN voices = 1 THEN 'single' WHEN differing THEN 'conflicting' ELSE 'corroborated' END AS agreement
FROM counted
JOIN stated ON stated.claim_id = counted.claim_id
ORDER BY family, indicator, reporter, partner, period_end, fact_id;
