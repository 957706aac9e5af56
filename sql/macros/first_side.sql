-- The first side of a flow: the reporter, or of what has two sides and no direction the one that comes first by its codes.
-- Two sides that are told as one, of what has no direction, are a pair.
CREATE MACRO first_side(directed, one_side, other_side) AS CASE
    WHEN directed THEN one_side
    WHEN len(other_side) = 0 AND len(one_side) = 2 THEN [one_side[1]]
    WHEN len(one_side) = 0 THEN other_side
    WHEN len(other_side) = 0 THEN one_side
    ELSE least(one_side, other_side)
END;
