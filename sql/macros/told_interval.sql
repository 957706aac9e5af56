-- All that a told value stands for, from `lowest` to `highest`, NULL on the side that its bound leaves open.
--
-- Which side that is goes by the sign: 'fell over 5 percent' is below minus 5. A range leaves open what it says.
CREATE MACRO told_interval(value_low, value_high, bound, measure, unit, modality, rounding_percent, about_percent) AS {
    'lowest': CASE
        WHEN bound = CASE WHEN value_low < 0 THEN 'over' ELSE 'under' END THEN NULL
        ELSE value_low
            - rounded_by(value_low, value_low = value_high, bound, measure, unit, modality, rounding_percent, about_percent)
    END,
    'highest': CASE
        WHEN bound = CASE WHEN value_low < 0 THEN 'under' ELSE 'over' END THEN NULL
        ELSE value_high
            + rounded_by(value_high, value_low = value_high, bound, measure, unit, modality, rounding_percent, about_percent)
    END
};
