-- Which figures only seem to differ, since one names goods, a partner or a longer year to date that the other does not?
WITH apparent AS (
    SELECT * FROM fact_conflicts
    WHERE explained AND kind IN ('scope', 'cumulative') AND measure = 'level' AND modality = 'reported'
    ORDER BY spread DESC NULLS LAST, conflict_id
    LIMIT 100
)

SELECT apparent.kind, apparent.differs_in, apparent.indicator, wider.corridor, wider.reporter, wider.period_end,
    wider.median_value, narrower.commodity, narrower.partner, narrower.period_end AS other_period_end,
    narrower.median_value AS other_value, apparent.unit
FROM apparent
JOIN facts AS wider ON wider.fact_id = apparent.fact_id
JOIN facts AS narrower ON narrower.fact_id = apparent.other_fact_id
ORDER BY apparent.indicator, wider.corridor, wider.period_end, apparent.conflict_id;
