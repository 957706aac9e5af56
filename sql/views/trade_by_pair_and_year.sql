-- Trade amounts by pair of economies and year: how often each was claimed, the span of the values, and the latest value told.
-- One row for each reporter, partner, indicator, commodity, period, unit and modality. Repeats of a document are left out.
-- Turnover has no direction: its reporter is the first of the pair, whichever a text names first. The latest value is that of
-- the latest publication, there the last in the text.
CREATE VIEW trade_by_pair_and_year AS
WITH amounts AS (
    SELECT trade_claims.*, documents.published_on
    FROM trade_claims
    JOIN documents ON documents.doc_id = trade_claims.doc_id
    WHERE trade_claims.measure = 'level' AND documents.duplicate_of IS NULL
),

amounts_by_reporter AS (
    SELECT unnest(reporter) AS reporter_code, * FROM amounts
),

amounts_by_pair AS (
    SELECT unnest(partner) AS partner_code, * FROM amounts_by_reporter
),

amounts_in_order AS (
    SELECT *,
        least(reporter_code, partner_code) AS first_code,
        greatest(reporter_code, partner_code) AS second_code,
        indicator = 'turnover' AS both_ways
    FROM amounts_by_pair
    WHERE reporter_code <> partner_code
)

SELECT
    -- the same for both directions
    first_code || '-' || second_code AS pair,
    CASE WHEN both_ways THEN first_code ELSE reporter_code END AS reporter,
    CASE WHEN both_ways THEN second_code ELSE partner_code END AS partner,
    indicator, commodity,
    year(coalesce(period_end, period_start)) AS year,
    period_start, period_end,
    coalesce(period_start = make_date(year(period_end), 1, 1) AND period_end = make_date(year(period_end), 12, 31), false)
        AS whole_year,
    unit, modality,
    count(DISTINCT claim_id) AS claims,
    count(DISTINCT doc_id) AS documents,
    min(value_low) AS lowest_value,
    max(value_high) AS highest_value,
    last(value_low ORDER BY published_on NULLS FIRST, doc_id, value_start, claim_id) AS latest_value_low,
    last(value_high ORDER BY published_on NULLS FIRST, doc_id, value_start, claim_id) AS latest_value_high,
    last(claim_id ORDER BY published_on NULLS FIRST, doc_id, value_start, claim_id) AS latest_claim_id,
    max(published_on) AS latest_published_on
FROM amounts_in_order
GROUP BY ALL;
