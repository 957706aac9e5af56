-- A number as it stands in a line of arithmetic: in groups of three digits, or a small one with its decimals.
CREATE MACRO in_figures(number) AS CASE
    WHEN abs(number) >= 1000 THEN format('{:,.0f}', number)
    ELSE printf('%.6g', number)
END;
