-- Claims by each country or bloc that they name, and the part it has in them. Those of documents that repeat another are left
-- out.
WITH parts AS (
    SELECT claim_id, unnest(reporter) AS country, 'reporter' AS part FROM quantity_claims()
    UNION ALL SELECT claim_id, unnest(partner), 'partner' FROM quantity_claims()
    UNION ALL SELECT claim_id, unnest(origin), 'origin' FROM quantity_claims()
    UNION ALL SELECT claim_id, unnest(destination), 'destination' FROM quantity_claims()
    UNION ALL SELECT claim_id, unnest(parties), 'party' FROM agreement_claims
),

all_claims AS (
    SELECT claim_id, doc_id, family, indicator, measure, value_low, value_high, unit, modality, confidence
    FROM quantity_claims()
    UNION ALL BY NAME
    SELECT claim_id, doc_id, 'agreement' AS family, status AS indicator, modality, confidence FROM agreement_claims
),

country_names AS (
    SELECT code, meaning AS country_name FROM codes WHERE vocabulary = 'countries'
    UNION ALL
    -- the meaning of a bloc goes on behind its name
    SELECT code, regexp_extract(meaning, '^[^;,]+') FROM codes WHERE vocabulary = 'blocs'
)

SELECT parts.country, coalesce(country_names.country_name, parts.country) AS country_name, parts.part, all_claims.*,
    documents.published_on
FROM parts
JOIN all_claims ON all_claims.claim_id = parts.claim_id
JOIN documents ON documents.doc_id = all_claims.doc_id
LEFT JOIN country_names ON country_names.code = parts.country
WHERE coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
ORDER BY parts.country, parts.part, parts.claim_id;
