-- Claims by the fact that they state, with who speaks. Two claims state one fact if they say the same of everything but the value.
WITH claims_of_both AS (
    SELECT 'trade' AS family, * FROM trade_claims
    UNION ALL BY NAME
    SELECT 'freight' AS family, * FROM freight_claims
),

stated AS (
    SELECT claims_of_both.*, documents.published_on, documents.duplicate_of, documents.publisher,
        md5(concat_ws('|', family, indicator, measure,
            array_to_string(first_side(indicator NOT IN ('turnover', 'deal_value'), reporter, partner), ','),
            array_to_string(second_side(indicator NOT IN ('turnover', 'deal_value'), reporter, partner), ','),
            array_to_string(origin, ','), array_to_string(destination, ','),
            coalesce(corridor, ''), coalesce(mode, ''), coalesce(commodity, ''),
            coalesce(period_start::VARCHAR, ''), coalesce(period_end::VARCHAR, ''), coalesce(unit, ''), modality,
            CASE WHEN period_start IS NULL AND period_end IS NULL THEN coalesce(year(published_on)::VARCHAR, '') ELSE '' END
        ))[:20] AS fact_id,
        lower(strip_accents(coalesce(attributed_to, publisher, claims_of_both.doc_id))) AS voice
    FROM claims_of_both
    JOIN documents ON documents.doc_id = claims_of_both.doc_id
),

ranked AS (
    SELECT *,
        bool_or(duplicate_of IS NULL) OVER (PARTITION BY fact_id) AS original,
        row_number() OVER (
            PARTITION BY fact_id, voice
            ORDER BY duplicate_of IS NOT NULL, published_on DESC NULLS LAST, confidence DESC, claim_id
        ) AS place_of_voice
    FROM stated
)

SELECT fact_id, claim_id, voice, place_of_voice = 1 AND duplicate_of IS NULL AS independent,
    value_low AS least_value, value_high AS most_value
FROM ranked
WHERE original
ORDER BY fact_id, claim_id;
