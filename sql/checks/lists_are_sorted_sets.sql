-- Lists are sorted, without repeats, without NULL items, and empty rather than NULL.
WITH lists AS (
    SELECT claim_id, unnest([
        {'field': 'reporter', 'items': reporter}, {'field': 'partner', 'items': partner},
        {'field': 'origin', 'items': origin}, {'field': 'destination', 'items': destination}
    ], recursive := true)
    FROM trade_claims
    UNION ALL
    SELECT claim_id, unnest([
        {'field': 'reporter', 'items': reporter}, {'field': 'partner', 'items': partner},
        {'field': 'origin', 'items': origin}, {'field': 'destination', 'items': destination}
    ], recursive := true)
    FROM freight_claims
    UNION ALL
    SELECT claim_id, unnest([
        {'field': 'parties', 'items': parties}, {'field': 'organisations', 'items': organisations}
    ], recursive := true)
    FROM agreement_claims
    UNION ALL
    SELECT claim_id, 'reasons', reasons FROM rejected_claims
)

SELECT claim_id, field, items FROM lists
WHERE items IS NULL OR items IS DISTINCT FROM list_sort(list_distinct(items))
ORDER BY claim_id, field;
