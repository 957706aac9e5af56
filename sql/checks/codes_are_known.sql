-- Every code is one of its vocabulary. Units may be rates of known units; corridors may be names in lower case.
WITH quantities AS (
    SELECT 'trade_kinds' AS kinds, * FROM trade_claims
    UNION ALL
    SELECT 'freight_kinds', * FROM freight_claims
),

used AS (
    SELECT claim_id, kinds AS vocabulary, indicator AS code FROM quantities
    UNION ALL SELECT claim_id, 'measures', measure FROM quantities
    UNION ALL SELECT claim_id, 'bounds', bound FROM quantities
    UNION ALL SELECT claim_id, 'modes', mode FROM quantities
    UNION ALL SELECT claim_id, 'commodities', commodity FROM quantities
    UNION ALL SELECT claim_id, 'modalities', modality FROM quantities
    UNION ALL SELECT claim_id, 'corridors', corridor FROM quantities WHERE corridor <> lower(corridor)
    UNION ALL SELECT claim_id, 'places', unnest(reporter || partner || origin || destination) FROM quantities
    UNION ALL SELECT claim_id, 'parts_of_units', unnest(string_split(unit, '/')) FROM quantities
    UNION ALL SELECT claim_id, 'forms', form FROM agreement_claims
    UNION ALL SELECT claim_id, 'subjects', subject FROM agreement_claims
    UNION ALL SELECT claim_id, 'statuses', status FROM agreement_claims
    UNION ALL SELECT claim_id, 'modalities', modality FROM agreement_claims
    UNION ALL SELECT claim_id, 'places', unnest(parties) FROM agreement_claims
    UNION ALL SELECT claim_id, 'families', family FROM rejected_claims
),

known AS (
    SELECT vocabulary, code FROM codes
    UNION
    SELECT 'parts_of_units', code FROM codes WHERE vocabulary IN ('units', 'currencies', 'periods')
)

SELECT used.claim_id, used.vocabulary, used.code
FROM used
ANTI JOIN known ON known.vocabulary = used.vocabulary AND known.code = used.code
WHERE used.code IS NOT NULL
ORDER BY ALL;
