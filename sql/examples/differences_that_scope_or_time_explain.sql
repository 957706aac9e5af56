-- Which figures only seem to differ, since one names goods, a partner or a shorter year to date than the other?
WITH apparent AS (
    SELECT * FROM fact_conflicts
    WHERE explained AND kind IN ('scope', 'cumulative') AND measure = 'level' AND modality = 'reported'
    ORDER BY spread DESC NULLS LAST, conflict_id
    LIMIT 50
),

-- Where the parts stand is looked up first, so that all else is read of them alone.
parts AS (
    SELECT * FROM facts
    WHERE rowid IN (SELECT facts.rowid FROM facts JOIN apparent ON apparent.other_fact_id = facts.fact_id)
)

SELECT apparent.kind, apparent.differs_in, apparent.indicator, part.reporter, part.partner, part.corridor, part.commodity,
    part.period_start, part.period_end, part.value_high AS value_of_part, apparent.highest_value AS highest_of_both,
    apparent.unit, apparent.claims
FROM apparent
JOIN parts AS part ON part.fact_id = apparent.other_fact_id
ORDER BY apparent.spread DESC NULLS LAST, apparent.conflict_id;
