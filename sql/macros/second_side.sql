-- The side that first_side leaves.
CREATE MACRO second_side(directed, one_side, other_side) AS CASE
    WHEN directed THEN other_side
    WHEN len(other_side) = 0 AND len(one_side) = 2 THEN [one_side[2]]
    WHEN len(one_side) = 0 OR len(other_side) = 0 THEN []
    ELSE greatest(one_side, other_side)
END;
