-- Freight figures by corridor and period: how often each was claimed, the span of the values, and the latest value told.
-- One row for each corridor, mode, indicator, measure, commodity, period, unit and modality. Repeated documents are left out.
-- The latest value is that of the latest publication, there the last in the text.
CREATE VIEW freight_by_corridor_and_period AS
WITH figures AS (
    SELECT freight_claims.*, documents.published_on
    FROM freight_claims
    JOIN documents ON documents.doc_id = freight_claims.doc_id
    WHERE freight_claims.corridor IS NOT NULL AND freight_claims.measure <> 'event' AND documents.duplicate_of IS NULL
)

SELECT corridor, mode, indicator, measure, commodity, period_start, period_end, unit, modality,
    count(*) AS claims,
    count(DISTINCT doc_id) AS documents,
    min(value_low) AS lowest_value,
    max(value_high) AS highest_value,
    last(value_low ORDER BY published_on NULLS FIRST, doc_id, value_start, claim_id) AS latest_value_low,
    last(value_high ORDER BY published_on NULLS FIRST, doc_id, value_start, claim_id) AS latest_value_high,
    last(claim_id ORDER BY published_on NULLS FIRST, doc_id, value_start, claim_id) AS latest_claim_id,
    max(published_on) AS latest_published_on
FROM figures
GROUP BY ALL;
