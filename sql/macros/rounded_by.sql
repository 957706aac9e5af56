-- How far from a number that is told the one meant may be: what its last digit leaves open, of a rough number more.
--
-- A goal is meant as it stands, and so is what is not told `alone`, but as an end of a range. Percentages are rounded to their
-- last decimal, however large they are. On which side of a floor or ceiling the truth lies its bound tells.
CREATE MACRO rounded_by(number, alone, bound, measure, unit, modality, rounding_percent, about_percent) AS CASE
    WHEN bound IN ('over', 'under') THEN 0
    ELSE greatest(
        CASE
            WHEN NOT alone OR (modality IN ('target', 'forecast') AND measure <> 'multiple') THEN 0
            WHEN unit = '%' THEN least(half_of_last_digit(1000 + abs(number), rounding_percent / 100), 0.5)
            ELSE half_of_last_digit(number, rounding_percent / 100)
        END,
        CASE WHEN bound = 'about' THEN abs(number) * about_percent / 100 ELSE 0 END
    )
END;
