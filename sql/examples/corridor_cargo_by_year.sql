-- How much cargo is the Middle Corridor said to have carried, by period, and how far do the sources differ?
SELECT period_start, period_end, lowest_value / 1e6 AS lowest_million_t, highest_value / 1e6 AS highest_million_t,
    claims, documents, latest_published_on
FROM freight_by_corridor_and_period
WHERE corridor = 'TITR' AND indicator = 'cargo' AND measure = 'level' AND unit = 't' AND modality = 'reported'
ORDER BY period_end, period_start;
