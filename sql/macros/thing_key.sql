-- What a number is of, as an id: the same for all claims of one thing, whichever side of what has no direction comes first.
CREATE MACRO thing_key(indicator, directed, reporter, partner, origin, destination, corridor, mode, commodity) AS md5(concat_ws(
    '|', indicator, first_side(directed, reporter, partner)::VARCHAR, second_side(directed, reporter, partner)::VARCHAR,
    first_side(directed, origin, destination)::VARCHAR, second_side(directed, origin, destination)::VARCHAR,
    coalesce(corridor, ''), coalesce(mode, ''), coalesce(commodity, '')
))[:20];
