-- The id of a fact: a hash of what is stated. The name of a corridor stands last, as it alone may hold any sign.
CREATE MACRO fact_key(
    family, indicator, measure, base, unit, modality, period_start, period_end, told_in, reporter, partner, origin, destination,
    mode, commodity, corridor
) AS md5(concat_ws(
    '|', family, indicator, concat_ws(' ', measure, base), coalesce(unit, ''), modality, coalesce(period_start::VARCHAR, ''),
    coalesce(period_end::VARCHAR, ''), coalesce(told_in::VARCHAR, ''), array_to_string(reporter, ' '),
    array_to_string(partner, ' '), array_to_string(origin, ' '), array_to_string(destination, ' '), coalesce(mode, ''),
    coalesce(commodity, ''), coalesce(corridor, '')
))[:20];
