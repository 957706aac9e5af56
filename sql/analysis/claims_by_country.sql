-- Claims by each country or bloc that they name, and the part it has in them. Those of documents that repeat another are left
-- out.
-- Each claim is read once and names its countries itself: joining those to it again takes more memory than all else here.
WITH all_claims AS (
    SELECT claim_id, doc_id, family, indicator, measure, value_low, value_high, unit, modality, confidence,
        list_transform(reporter, lambda code: {'country': code, 'part': 'reporter'})
        || list_transform(partner, lambda code: {'country': code, 'part': 'partner'})
        || list_transform(origin, lambda code: {'country': code, 'part': 'origin'})
        || list_transform(destination, lambda code: {'country': code, 'part': 'destination'}) AS parts
    FROM quantity_claims()
    UNION ALL BY NAME
    SELECT claim_id, doc_id, 'agreement' AS family, status AS indicator, modality, confidence,
        list_transform(parties, lambda code: {'country': code, 'part': 'party'}) AS parts
    FROM agreement_claims
),

claims_in_parts AS (
    SELECT all_claims.* EXCLUDE (parts), documents.published_on, unnest(parts, recursive := true)
    FROM all_claims
    JOIN documents ON documents.doc_id = all_claims.doc_id
    WHERE coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
),

country_names AS (
    SELECT code, meaning AS country_name FROM codes WHERE vocabulary = 'countries'
    UNION ALL
    -- the meaning of a bloc goes on behind its name
    SELECT code, regexp_extract(meaning, '^[^;,]+') FROM codes WHERE vocabulary = 'blocs'
)

SELECT claims_in_parts.*, coalesce(country_names.country_name, claims_in_parts.country) AS country_name
FROM claims_in_parts
LEFT JOIN country_names ON country_names.code = claims_in_parts.country
ORDER BY claims_in_parts.country, claims_in_parts.part, claims_in_parts.claim_id;
