-- A number that was worked out, without the digits that binary fractions leave behind: from a million on two decimals, below
-- nine digits. For what is shown; what is still to be compared keeps them all.
CREATE MACRO without_noise(number) AS CASE
    WHEN abs(number) >= 1e6 THEN round(number, 2)
    ELSE printf('%.9g', number)::DOUBLE
END;
