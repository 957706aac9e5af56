-- Claims by each country or bloc that they name, and the part it has in them. A claim has a row for every such part.
CREATE VIEW claims_by_country AS
WITH parts AS (
    SELECT claim_id, unnest(reporter) AS country, 'reporter' AS part FROM trade_claims
    UNION ALL SELECT claim_id, unnest(partner), 'partner' FROM trade_claims
    UNION ALL SELECT claim_id, unnest(origin), 'origin' FROM trade_claims
    UNION ALL SELECT claim_id, unnest(destination), 'destination' FROM trade_claims
    UNION ALL SELECT claim_id, unnest(reporter), 'reporter' FROM freight_claims
    UNION ALL SELECT claim_id, unnest(partner), 'partner' FROM freight_claims
    UNION ALL SELECT claim_id, unnest(origin), 'origin' FROM freight_claims
    UNION ALL SELECT claim_id, unnest(destination), 'destination' FROM freight_claims
    UNION ALL SELECT claim_id, unnest(parties), 'party' FROM agreement_claims
),

country_names AS (
    SELECT code, meaning AS country_name FROM codes WHERE vocabulary = 'countries'
    UNION ALL
    -- the meaning of a bloc goes on behind its name
    SELECT code, regexp_extract(meaning, '^[^;,]+') FROM codes WHERE vocabulary = 'blocs'
)

SELECT parts.country, coalesce(country_names.country_name, parts.country) AS country_name, parts.part, claims.*
FROM parts
JOIN claims ON claims.claim_id = parts.claim_id
LEFT JOIN country_names ON country_names.code = parts.country;
