-- How much cargo has the Middle Corridor carried, by whole years and years to date, and who agrees?
SELECT period_start, period_end, cumulative, value_high / 1e6 AS million_t, growth_percent, growth_base, agreement, voices,
    documents, latest_published_on
FROM corridor_freight
WHERE corridor = 'TITR' AND indicator = 'cargo' AND unit = 't' AND modality = 'reported'
    AND reporter = [] AND origin = [] AND destination = [] AND mode IS NULL AND commodity IS NULL
ORDER BY period_end, period_start;
