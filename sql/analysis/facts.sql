-- Facts: what claims say alike, by how many voices, and whether these agree. Claims of documents that repeat another are
-- left out.
WITH stated AS (
    SELECT claims.*, fact_claims.fact_id, fact_claims.voice, fact_claims.independent,
        fact_claims.least_value, fact_claims.most_value,
        -- at odds with what counts for its voice: an older value, or a part
        coalesce(fact_claims.least_value > min(fact_claims.most_value) FILTER (WHERE independent) OVER of_voice, false)
        OR coalesce(fact_claims.most_value < max(fact_claims.least_value) FILTER (WHERE independent) OVER of_voice, false)
            AS set_aside,
        documents.published_on, coalesce(publishers.voice, documents.publisher) AS house
    FROM fact_claims
    JOIN quantity_claims() AS claims ON claims.claim_id = fact_claims.claim_id
    JOIN documents ON documents.doc_id = claims.doc_id
    LEFT JOIN reference_voices AS publishers ON publishers.role = 'publisher' AND publishers.told = documents.publisher
    WHERE coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
    WINDOW of_voice AS (PARTITION BY fact_claims.fact_id, fact_claims.voice)
),

-- What a text tells in the words of another value of its own is a part of that, or of something else that no field holds.
told_apart AS (
    SELECT *, set_aside AND bool_or(NOT set_aside) OVER (PARTITION BY fact_id, voice, doc_id) AS apart
    FROM stated
),

-- Intervals on a line have a point in common if every two of them have one.
counted AS (
    SELECT fact_id,
        min(value_low) FILTER (WHERE NOT apart) AS lowest_value,
        median((value_low + value_high) / 2) FILTER (WHERE independent) AS median_value,
        max(value_high) FILTER (WHERE NOT apart) AS highest_value,
        CASE
            WHEN bool_or(bound = 'exact') FILTER (WHERE independent) THEN 'exact'
            -- over the one and under the other is about both
            WHEN count(DISTINCT bound) FILTER (WHERE independent) > 1 THEN 'about'
            ELSE any_value(bound) FILTER (WHERE independent)
        END AS bound,
        list_sort(coalesce(list(claim_id) FILTER (WHERE apart), [])) AS other_claim_ids,
        median(value_usd) FILTER (WHERE independent) AS median_value_usd,
        count(*) FILTER (WHERE independent) AS voices,
        count(DISTINCT doc_id) AS documents,
        count(DISTINCT house) AS publishers,
        count(*) AS claims,
        min(published_on) AS first_published_on,
        max(published_on) AS latest_published_on,
        first(claim_id ORDER BY set_aside, confidence DESC, published_on DESC NULLS LAST, claim_id) AS claim_id,
        coalesce(max(least_value) FILTER (WHERE independent) > min(most_value) FILTER (WHERE independent), false) AS differing,
        coalesce(bool_or(least_value <= most_value) FILTER (WHERE independent), false) AS pinned_down
    FROM told_apart
    GROUP BY fact_id
),

shown AS (
    SELECT stated.* EXCLUDE (fact_id, claim_id, reporter, partner, origin, destination, bound), counted.*,
        first_side(coalesce(directed, true), reporter, partner) AS reporter,
        second_side(coalesce(directed, true), reporter, partner) AS partner,
        first_side(coalesce(directed, true), origin, destination) AS origin,
        second_side(coalesce(directed, true), origin, destination) AS destination,
        period_end + 1 AS next_day,
        corridor IS NOT NULL OR len(reporter) + len(partner) + len(origin) + len(destination) > 0 AS placed,
        modality NOT IN ('possible', 'negated') AND placed
        AND coalesce(
            comparable = 'always'
            OR comparable = 'on_a_way' AND (corridor IS NOT NULL OR len(origin) > 0 AND len(destination) > 0),
            false
        ) AS comparable
    FROM counted
    JOIN stated ON stated.claim_id = counted.claim_id
    LEFT JOIN reference_indicators ON reference_indicators.indicator = stated.indicator
),

told_facts AS (
    SELECT fact_id, family, indicator, measure, reporter, partner, origin, destination, corridor, mode, commodity,
        period_start, period_end, unit, modality,
        CASE WHEN period_start IS NULL AND period_end IS NULL THEN year(published_on) END AS told_in,
        CASE
            WHEN period_start IS NULL AND period_end IS NULL THEN NULL
            WHEN period_start IS NULL THEN 'until'
            WHEN period_end IS NULL THEN 'since'
            WHEN period_start = period_end THEN 'day'
            WHEN day(period_start) <> 1 OR day(next_day) <> 1 THEN 'days'
            WHEN next_day = period_start + INTERVAL 1 MONTH THEN 'month'
            WHEN next_day = period_start + INTERVAL 3 MONTH AND month(period_start) % 3 = 1 THEN 'quarter'
            WHEN next_day = period_start + INTERVAL 6 MONTH AND month(period_start) % 6 = 1 THEN 'half_year'
            WHEN next_day = period_start + INTERVAL 1 YEAR AND month(period_start) = 1 THEN 'year'
            ELSE 'months'
        END AS grain,
        coalesce(grain = 'year', false) AS whole_year,
        coalesce(
            month(period_start) = 1 AND day(period_start) = 1 AND year(period_start) = year(period_end)
            AND grain NOT IN ('day', 'year'),
            false
        ) AS cumulative,
        lowest_value, median_value, highest_value, bound, other_claim_ids, median_value_usd,
        comparable,
        CASE
            -- what has no value is confirmed by being told of one place and one time
            WHEN voices > 1 AND measure = 'event' AND placed AND grain IS NOT NULL THEN 'corroborated'
            WHEN voices < 2 OR NOT comparable THEN 'single'
            WHEN differing THEN 'conflicting'
            -- 'over 5' and 'under 900' do not contradict each other, and confirm nothing
            WHEN pinned_down THEN 'corroborated'
            ELSE 'single'
        END AS agreement,
        voices, documents, publishers, claims, first_published_on, latest_published_on, confidence, claim_id
    FROM shown
),

-- What grows is told once for all units.
growths AS (
    SELECT indicator, reporter, partner, origin, destination, corridor, mode, commodity, modality, period_start, period_end,
        median_value, fact_id
    FROM told_facts
    WHERE measure = 'growth' AND unit = '%' AND period_end IS NOT NULL
),

-- Every level with its growth by itself: an outer join that asks something of one side alone compares each with each.
growths_of_levels AS (
    SELECT levels.fact_id, growths.median_value AS growth_percent, growths.fact_id AS growth_fact_id
    FROM told_facts AS levels
    JOIN growths
        ON growths.indicator = levels.indicator
        AND growths.reporter = levels.reporter AND growths.partner = levels.partner
        AND growths.origin = levels.origin AND growths.destination = levels.destination
        AND growths.corridor IS NOT DISTINCT FROM levels.corridor AND growths.mode IS NOT DISTINCT FROM levels.mode
        AND growths.commodity IS NOT DISTINCT FROM levels.commodity AND growths.modality = levels.modality
        AND growths.period_end = levels.period_end AND growths.period_start IS NOT DISTINCT FROM levels.period_start
    WHERE levels.measure = 'level'
)

SELECT told_facts.*, growth_percent, growth_fact_id
FROM told_facts
LEFT JOIN growths_of_levels ON growths_of_levels.fact_id = told_facts.fact_id
ORDER BY family, indicator, reporter, partner, period_end, told_facts.fact_id;
