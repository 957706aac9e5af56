-- Exports of one to another beside the imports of the other from the one: the same flow, told by its two ends.
WITH levels AS (
    SELECT *, (value_low + value_high) / 2 AS value,
        CASE WHEN beside_fact_id IS NOT NULL THEN fact_id END AS alone
    FROM facts
    WHERE measure = 'level' AND len(reporter) = 1 AND len(partner) = 1 AND len(origin) = 0 AND len(destination) = 0
        AND corridor IS NULL
),

exports AS (
    SELECT *, reporter[1] AS exporter, partner[1] AS importer FROM levels WHERE indicator = 'exports'
),

imports AS (
    SELECT *, partner[1] AS exporter, reporter[1] AS importer FROM levels WHERE indicator = 'imports'
),

mirrored AS (
    SELECT
        coalesce(exports.exporter, imports.exporter) AS exporter,
        coalesce(exports.importer, imports.importer) AS importer,
        coalesce(exports.commodity, imports.commodity) AS commodity,
        coalesce(exports.mode, imports.mode) AS mode,
        coalesce(exports.period_start, imports.period_start) AS period_start,
        coalesce(exports.period_end, imports.period_end) AS period_end,
        coalesce(exports.told_in, imports.told_in) AS told_in,
        coalesce(exports.grain, imports.grain) AS grain,
        coalesce(exports.whole_year, imports.whole_year) AS whole_year,
        coalesce(exports.cumulative, imports.cumulative) AS cumulative,
        coalesce(exports.unit, imports.unit) AS unit,
        coalesce(exports.modality, imports.modality) AS modality,
        exports.value AS exports_value, imports.value AS imports_value,
        exports.bound AS exports_bound, imports.bound AS imports_bound,
        -- a floor, a ceiling or amounts of no told time leave the gap open
        CASE
            WHEN exports.told_in IS NULL AND exports.bound IN ('exact', 'about') AND imports.bound IN ('exact', 'about')
                THEN imports.value - exports.value
        END AS gap,
        CASE WHEN exports.value <> 0 THEN 100 * gap / abs(exports.value) END AS gap_percent,
        exports.agreement AS exports_agreement, imports.agreement AS imports_agreement,
        exports.fact_id AS exports_fact_id, imports.fact_id AS imports_fact_id,
        exports.claim_id AS exports_claim_id, imports.claim_id AS imports_claim_id,
        coalesce(exports.beside_fact_id, imports.beside_fact_id) AS beside_fact_id
    FROM exports
    FULL JOIN imports ON imports.exporter = exports.exporter AND imports.importer = exports.importer
        AND imports.commodity IS NOT DISTINCT FROM exports.commodity AND imports.mode IS NOT DISTINCT FROM exports.mode
        AND imports.period_start IS NOT DISTINCT FROM exports.period_start
        AND imports.period_end IS NOT DISTINCT FROM exports.period_end AND imports.told_in IS NOT DISTINCT FROM exports.told_in
        AND imports.unit = exports.unit AND imports.modality = exports.modality
        -- what a text tells beside another value of its own is set beside nothing
        AND imports.alone IS NOT DISTINCT FROM exports.alone
)

SELECT least(exporter, importer) || '-' || greatest(exporter, importer) AS pair, mirrored.*
FROM mirrored
ORDER BY pair, exporter, commodity NULLS FIRST, period_end, period_start, exports_fact_id, imports_fact_id;
