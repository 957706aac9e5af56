-- Facts whose values differ: those that sources tell differently, and those that only seem to differ.
--
-- A conflict of value lies within one fact: its voices give values that do not agree. One of things does, too, but
-- there a text differs from itself (what it tells beside the fact has facts of its own), or the values are not
-- comparable: the fields of its claims do not hold what tells the values apart, such as two things, or one before and
-- after. A conflict of scope pairs a fact with a wider one that leaves open one or two of the things that it names; a
-- cumulative one pairs two periods with the same start, each with the next longer one. A text that tells a whole and its
-- parts is in no conflict with itself, unless a part is more than the whole. Every fact has at most 28 wider ones and one
-- next period, so that the pairs are linear in the facts, however many of them are about one pair of countries.
WITH shares AS (
    SELECT fact_claims.fact_id, claims.claim_id, claims.doc_id, independent, least_value, most_value, value_low,
        value_high,
        max(least_value) OVER fact_in_document > min(most_value) OVER fact_in_document AS differs_in_document
    FROM fact_claims
    JOIN quantity_claims() AS claims ON claims.claim_id = fact_claims.claim_id
    WHERE least_value IS NOT NULL OR most_value IS NOT NULL
    WINDOW fact_in_document AS (PARTITION BY fact_claims.fact_id, claims.doc_id)
),

-- What the voices of a fact allow for, all together.
spans AS (
    SELECT fact_id,
        max(least_value) FILTER (WHERE independent) AS least_value,
        min(most_value) FILTER (WHERE independent) AS most_value,
        list_sort(list(claim_id)) AS claims,
        min(value_low) AS lowest_told,
        max(value_high) AS highest_told,
        coalesce(bool_or(differs_in_document), false) AS differs_in_document,
        list_sort(list(DISTINCT doc_id)) AS doc_ids
    FROM shares
    GROUP BY fact_id
),

valued AS (
    SELECT facts.*, coalesce(adds_up, false) AND measure = 'level' AS adds_up,
        coalesce(directed, true) OR measure = 'share' AS directed,
        spans.* EXCLUDE (fact_id, claims), spans.claims AS all_claims
    FROM facts
    JOIN spans ON spans.fact_id = facts.fact_id
    LEFT JOIN reference_indicators ON reference_indicators.indicator = facts.indicator
),

compared AS (
    SELECT * FROM valued WHERE comparable AND beside_fact_id IS NULL
),

-- What texts tell beside a fact in its words.
beside_facts AS (
    SELECT beside_fact_id, min(lowest_told) AS lowest_told, max(highest_told) AS highest_told,
        flatten(list(all_claims)) AS claims
    FROM valued
    WHERE beside_fact_id IS NOT NULL
    GROUP BY beside_fact_id
),

within_facts AS (
    SELECT 'value' AS kind, fact_id, NULL AS other_fact_id, []::VARCHAR[] AS differs_in, false AS explained,
        lowest_told AS lowest_value, highest_told AS highest_value, all_claims AS claims
    FROM valued
    WHERE agreement = 'conflicting'
    UNION ALL
    SELECT 'things', valued.fact_id, NULL, [], true, least(valued.lowest_told, beside_facts.lowest_told),
        greatest(valued.highest_told, beside_facts.highest_told),
        list_sort(list_concat(all_claims, coalesce(beside_facts.claims, [])))
    FROM valued
    LEFT JOIN beside_facts ON beside_facts.beside_fact_id = valued.fact_id
    WHERE beside_facts.beside_fact_id IS NOT NULL
        OR agreement <> 'conflicting' AND (differs_in_document OR least_value > most_value)
),

-- The things that a statement names, each of which a wider one leaves open.
named AS (
    SELECT *, list_filter([
        CASE WHEN len(reporter) > 0 THEN 'reporter' END,
        CASE WHEN len(partner) > 0 THEN 'partner' END,
        CASE WHEN len(origin) > 0 THEN 'origin' END,
        CASE WHEN len(destination) > 0 THEN 'destination' END,
        CASE WHEN corridor IS NOT NULL THEN 'corridor' END,
        CASE WHEN mode IS NOT NULL THEN 'mode' END,
        CASE WHEN commodity IS NOT NULL THEN 'commodity' END
    ], lambda thing: thing IS NOT NULL) AS things
    FROM compared
),

first_things AS (
    SELECT *, unnest(things) AS first_thing FROM named
),

left_open AS (
    SELECT *, unnest(list_filter(things, lambda thing: thing >= first_thing)) AS second_thing
        FROM first_things
),

-- Of the very many that there might be, only the id is made, until it is known which there are.
widened AS (
    SELECT fact_id, list_sort(list_distinct([first_thing, second_thing])) AS differs_in,
        CASE WHEN list_contains(differs_in, 'reporter') THEN [] ELSE reporter END AS wider_reporter,
        CASE WHEN list_contains(differs_in, 'partner') THEN [] ELSE partner END AS wider_partner,
        CASE WHEN list_contains(differs_in, 'origin') THEN [] ELSE origin END AS wider_origin,
        CASE WHEN list_contains(differs_in, 'destination') THEN [] ELSE destination END AS wider_destination,
        fact_key(
            family, indicator, measure, base, unit, modality, period_start, period_end, told_in,
            first_side(directed, wider_reporter, wider_partner), second_side(directed, wider_reporter, wider_partner),
            first_side(directed, wider_origin, wider_destination), second_side(directed, wider_origin, wider_destination),
            CASE WHEN list_contains(differs_in, 'mode') THEN NULL ELSE mode END,
            CASE WHEN list_contains(differs_in, 'commodity') THEN NULL ELSE commodity END,
            CASE WHEN list_contains(differs_in, 'corridor') THEN NULL ELSE corridor END
        ) AS wider_fact_id
    FROM left_open
),

-- Trade among the members of a bloc is the same without either side.
wider_facts AS MATERIALIZED (
    SELECT widened.fact_id, wider_fact_id, min(differs_in) AS differs_in
    FROM widened
    SEMI JOIN compared ON compared.fact_id = widened.wider_fact_id
    GROUP BY widened.fact_id, wider_fact_id
),

-- Of goods, a mode, a corridor or a partner, an amount is a part of that of all; of what has no direction either side is a
-- partner of the other. Where no side is left, or an end of a journey is left open, nobody knows.
of_other_scope AS (
    SELECT 'scope' AS kind, wider.fact_id, part.fact_id AS other_fact_id, differs_in,
        NOT coalesce(
            part.adds_up AND part.least_value > wider.most_value
            AND NOT list_has_any(differs_in, ['origin', 'destination'])
            AND NOT (list_contains(differs_in, 'reporter') AND (part.directed OR len(wider.reporter) = 0)),
            false
        ) AS explained,
        least(wider.lowest_value, part.lowest_value) AS lowest_value,
        greatest(wider.highest_value, part.highest_value) AS highest_value,
        wider.claim_id AS one_claim, part.claim_id AS other_claim,
        list_has_any(wider.doc_ids, part.doc_ids) AS of_one_text
    FROM wider_facts
    JOIN compared AS part ON part.fact_id = wider_facts.fact_id
    JOIN compared AS wider ON wider.fact_id = wider_facts.wider_fact_id
    WHERE greatest(wider.least_value, part.least_value) > least(wider.most_value, part.most_value)
),

in_order AS (
    SELECT *,
        lag(fact_id) OVER longer AS shorter_fact_id, lag(claim_id) OVER longer AS shorter_claim_id,
        lag(least_value) OVER longer AS shorter_least_value, lag(most_value) OVER longer AS shorter_most_value,
        lag(doc_ids) OVER longer AS shorter_doc_ids,
        lag(lowest_value) OVER longer AS shorter_lowest_value, lag(highest_value) OVER longer AS shorter_highest_value
    FROM compared
    WHERE period_start IS NOT NULL AND period_end IS NOT NULL
    WINDOW longer AS (
        PARTITION BY family, indicator, measure, base, reporter, partner, origin, destination, corridor, mode, commodity,
            unit, modality,
            period_start
        ORDER BY period_end
    )
),

of_other_end AS (
    SELECT 'cumulative' AS kind, fact_id, shorter_fact_id AS other_fact_id, ['period_end'] AS differs_in,
        NOT coalesce(adds_up AND shorter_least_value > most_value, false) AS explained,
        least(lowest_value, shorter_lowest_value) AS lowest_value,
        greatest(highest_value, shorter_highest_value) AS highest_value,
        claim_id AS one_claim, shorter_claim_id AS other_claim,
        list_has_any(doc_ids, shorter_doc_ids) AS of_one_text
    FROM in_order
    WHERE shorter_fact_id IS NOT NULL
        AND greatest(least_value, shorter_least_value) > least(most_value, shorter_most_value)
),

between_facts AS (
    SELECT * FROM of_other_scope
    UNION ALL BY NAME
    SELECT * FROM of_other_end
),

conflicts AS (
    SELECT * FROM within_facts
    UNION ALL BY NAME
    SELECT * EXCLUDE (one_claim, other_claim, of_one_text), list_sort(list_distinct([one_claim, other_claim])) AS claims
    FROM between_facts
    WHERE NOT (explained AND of_one_text)
)

SELECT md5(concat_ws(' ', kind, conflicts.fact_id, other_fact_id))[:20] AS conflict_id, conflicts.*,
    facts.indicator, facts.measure, facts.modality, facts.unit,
    facts.reporter, facts.partner, facts.corridor, facts.commodity, facts.period_start, facts.period_end, facts.voices,
    CASE
        WHEN facts.unit <> '%' AND conflicts.lowest_value > 0
            THEN without_noise(conflicts.highest_value / conflicts.lowest_value - 1)
    END AS spread,
    CASE WHEN facts.unit = '%' THEN without_noise(conflicts.highest_value - conflicts.lowest_value) END AS points
FROM conflicts
JOIN facts ON facts.fact_id = conflicts.fact_id
ORDER BY kind, conflicts.fact_id, other_fact_id, conflict_id;
