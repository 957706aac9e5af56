-- How far a number may be from what it was rounded from: half of its last digit that is told, a share of it at most.
--
-- Which digits are told is seen from the number as news writes it, in thousands, millions or billions (0.8, 4.48, 31,
-- 816): zeros at the end of hundreds may come from rounding, the zero of 10 or 20 does not. Less a billionth, so that two
-- numbers which differ by one last digit do not touch.
CREATE MACRO half_of_last_digit(number, most_share) AS (
    1 - 1e-9
) * least(
    abs(number) * most_share,
    power(
        10,
        least(
            -- the place of the last digit that is no zero
            try_cast(split_part(format('{:.11e}', number), 'e', 2) AS INTEGER)
            - length(rtrim(replace(ltrim(split_part(format('{:.11e}', number), 'e', 1), '-'), '.', ''), '0')) + 1,
            -- the place of the ones, or of the hundreds, of the number as written
            try_cast(split_part(format('{:.11e}', number), 'e', 2) AS INTEGER)
            - CASE WHEN (try_cast(split_part(format('{:.11e}', number), 'e', 2) AS INTEGER) + 300) % 3 = 1 THEN 1 ELSE 0 END
        )
    ) / 2
);
