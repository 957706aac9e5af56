-- The first of two sides: that of the claim, or of what has no direction the one whose codes come first.
-- Two codes that are told as one side of what has no direction are a pair.
CREATE MACRO first_side(directed, one_side, other_side) AS CASE
    WHEN directed THEN one_side
    WHEN len(other_side) = 0 AND len(one_side) = 2 THEN [one_side[1]]
    WHEN len(one_side) = 0 THEN other_side
    WHEN len(other_side) = 0 THEN one_side
    ELSE least(one_side, other_side)
END;
