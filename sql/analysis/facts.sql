-- Facts: what claims say alike, by how many voices, and whether these agree. Claims of documents that repeat another are
-- left out.
WITH stated AS (
    SELECT claims.*, fact_claims.fact_id, fact_claims.voice, fact_claims.independent,
        fact_claims.least_value, fact_claims.most_value,
        fact_claims.beside_fact_id, fact_claims.voices_alike,
        -- at odds with what counts for its voice: an older value
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

-- Intervals on a line have a point in common if every two of them have one.
counted AS (
    SELECT fact_id,
        min(value_low) AS lowest_value,
        median((value_low + value_high) / 2) FILTER (WHERE independent) AS median_value,
        max(value_high) AS highest_value,
        median(value_usd) FILTER (WHERE independent) AS median_value_usd,
        count(*) FILTER (WHERE independent) AS voices,
        count(DISTINCT doc_id) AS documents,
        count(DISTINCT house) AS publishers,
        count(*) AS claims,
        min(published_on) AS first_published_on,
        max(published_on) AS latest_published_on,
        first(
            claim_id ORDER BY set_aside, coalesce(voices_alike, 1) DESC, confidence DESC, bound = 'exact' DESC,
                published_on DESC NULLS LAST, claim_id
        ) AS claim_id,
        coalesce(max(least_value) FILTER (WHERE independent) > min(most_value) FILTER (WHERE independent), false) AS differing,
        coalesce(bool_or(least_value <= most_value) FILTER (WHERE independent), false) AS pinned_down
    FROM stated
    GROUP BY fact_id
),

-- What texts tell in the words of another value of their own: a part of that, or something else that no field holds.
told_beside AS (
    SELECT beside_fact_id AS fact_id, list_sort(list(claim_id)) AS other_claim_ids
    FROM stated
    WHERE beside_fact_id IS NOT NULL
    GROUP BY beside_fact_id
),

shown AS (
    SELECT stated.* EXCLUDE (fact_id, claim_id, reporter, partner, origin, destination), counted.*,
        coalesce(other_claim_ids, []) AS other_claim_ids,
        -- a share is one of the whole of its first side
        coalesce(directed, true) OR measure = 'share' AS one_way,
        first_side(one_way, reporter, partner) AS reporter,
        second_side(one_way, reporter, partner) AS partner,
        first_side(one_way, origin, destination) AS origin,
        second_side(one_way, origin, destination) AS destination,
        period_end + 1 AS next_day,
        corridor IS NOT NULL OR len(reporter) + len(partner) + len(origin) + len(destination) > 0 AS placed,
        modality NOT IN ('possible', 'negated') AND placed
        AND NOT coalesce(modality = 'reported' AND base IN ('other', 'untold'), false)
        AND coalesce(
            comparable = 'always'
            OR comparable = 'on_a_way' AND (corridor IS NOT NULL OR len(origin) > 0 AND len(destination) > 0),
            false
        ) AS comparable
    FROM counted
    JOIN stated ON stated.claim_id = counted.claim_id
    LEFT JOIN told_beside ON told_beside.fact_id = counted.fact_id
    LEFT JOIN reference_indicators ON reference_indicators.indicator = stated.indicator
),

told_facts AS (
    SELECT fact_id, family, indicator, measure, base, reporter, partner, origin, destination, corridor, mode, commodity,
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
        lowest_value, value_low, value_high, highest_value, bound, median_value, other_claim_ids, beside_fact_id,
        value_usd, median_value_usd,
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
        voices, documents, publishers, claims, first_published_on, latest_published_on, confidence, claim_id, doc_id
    FROM shown
),

-- A growth and the amount that grew are told in one sentence, whatever else texts tell of a thing by that name.
growing AS (
    SELECT stated.*, concat_ws(' ', stated.period_start::VARCHAR, 'to', stated.period_end::VARCHAR) AS period,
        thing_key(
            stated.indicator, directed, reporter, partner, origin, destination, corridor, mode, commodity
        ) AS thing_id
    FROM stated
    SEMI JOIN (SELECT doc_id, evidence_start FROM stated WHERE measure = 'growth' AND unit = '%') AS sentences
        ON sentences.doc_id = stated.doc_id AND sentences.evidence_start = stated.evidence_start
    JOIN reference_indicators ON reference_indicators.indicator = stated.indicator
    WHERE (measure = 'level' OR measure = 'growth' AND unit = '%' AND base <> 'other') AND period_end IS NOT NULL
),

-- One after the other as they stand there; never every amount with every growth.
in_order AS (
    SELECT doc_id, evidence_start, thing_id, period, modality, fact_id, claim_id, measure, value_start,
        count(*) FILTER (WHERE measure = 'level') OVER sentence AS levels,
        count(*) FILTER (WHERE measure = 'growth') OVER sentence AS growths,
        row_number() OVER (
            PARTITION BY doc_id, evidence_start, thing_id, period, modality, measure ORDER BY value_start, claim_id
        ) AS place,
        last_value(CASE WHEN measure = 'level' THEN {'claim_id': claim_id, 'start': value_start} END IGNORE NULLS) OVER (
            sentence ORDER BY value_start, claim_id ROWS UNBOUNDED PRECEDING
        ) AS before,
        first_value(CASE WHEN measure = 'level' THEN {'claim_id': claim_id, 'start': value_start} END IGNORE NULLS) OVER (
            sentence ORDER BY value_start, claim_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS behind
    FROM growing
    WINDOW sentence AS (PARTITION BY doc_id, evidence_start, thing_id, period, modality)
),

-- As many growths as amounts belong together in their order, else each growth to the amount nearest to it.
pairs AS (
    SELECT levels.claim_id AS level_claim_id, growths.claim_id AS growth_claim_id, 0 AS apart
    FROM in_order AS growths
    JOIN in_order AS levels
        ON levels.doc_id = growths.doc_id AND levels.evidence_start = growths.evidence_start
        AND levels.thing_id = growths.thing_id AND levels.period = growths.period
        AND levels.modality = growths.modality AND levels.place = growths.place
    WHERE growths.measure = 'growth' AND levels.measure = 'level' AND growths.levels = growths.growths
    UNION ALL
    SELECT
        CASE WHEN behind.start - value_start < value_start - before.start OR before IS NULL THEN behind.claim_id
            ELSE before.claim_id END,
        claim_id,
        least(behind.start - value_start, value_start - before.start)
    FROM in_order
    WHERE measure = 'growth' AND levels > 0 AND levels <> growths
),

growths_told AS (
    SELECT fact_id, claim_id, doc_id, (value_low + value_high) / 2 AS growth_percent, base AS growth_base, confidence
    FROM growing
    WHERE measure = 'growth'
),

-- Of several amounts of a fact, that of the one that is shown, else of one that agrees with it. Of several growths that on the
-- year before.
growths_in_sentences AS (
    SELECT levels.fact_id, growth_percent, growth_base, growths_told.fact_id AS growth_fact_id
    FROM pairs
    JOIN stated AS levels ON levels.claim_id = pairs.level_claim_id
    JOIN growths_told ON growths_told.claim_id = pairs.growth_claim_id
    JOIN counted ON counted.fact_id = levels.fact_id
    JOIN stated AS shown ON shown.claim_id = counted.claim_id
    WHERE NOT coalesce(greatest(levels.least_value, shown.least_value) > least(levels.most_value, shown.most_value), false)
    QUALIFY row_number() OVER (
        PARTITION BY levels.fact_id
        ORDER BY levels.claim_id = shown.claim_id DESC, levels.doc_id = shown.doc_id DESC, growth_base = 'year' DESC,
            growths_told.confidence DESC, pairs.apart, growths_told.claim_id
    ) = 1
),

-- A growth told by itself is one of the trade of its sides, or of the goods that it names. Of freight it may be one of a part
-- that no field holds: of one direction, one port, one kind of train.
growths_by_themselves AS (
    SELECT told_facts.* EXCLUDE (doc_id), growths_told.doc_id, growth_percent, growth_base,
        growths_told.claim_id AS growth_claim_id, growths_told.confidence AS growth_confidence
    FROM growths_told
    JOIN told_facts ON told_facts.fact_id = growths_told.fact_id
    ANTI JOIN (FROM in_order WHERE levels > 0) AS with_levels ON with_levels.claim_id = growths_told.claim_id
    WHERE told_facts.family = 'trade' OR told_facts.commodity IS NOT NULL
),

-- Where a text tells several amounts of one thing, or texts differ on it, a growth told elsewhere may be of any of them.
growths_elsewhere AS (
    SELECT levels.fact_id, growths.growth_percent, growths.growth_base, growths.fact_id AS growth_fact_id
    FROM told_facts AS levels
    JOIN growths_by_themselves AS growths
        ON growths.indicator = levels.indicator
        AND growths.reporter = levels.reporter AND growths.partner = levels.partner
        AND growths.origin = levels.origin AND growths.destination = levels.destination
        AND growths.corridor IS NOT DISTINCT FROM levels.corridor AND growths.mode IS NOT DISTINCT FROM levels.mode
        AND growths.commodity IS NOT DISTINCT FROM levels.commodity AND growths.modality = levels.modality
        AND growths.period_end = levels.period_end AND growths.period_start IS NOT DISTINCT FROM levels.period_start
    WHERE levels.measure = 'level' AND levels.beside_fact_id IS NULL AND len(levels.other_claim_ids) = 0
        AND (levels.agreement <> 'conflicting' OR growths.doc_id = levels.doc_id)
    QUALIFY row_number() OVER (
        PARTITION BY levels.fact_id
        ORDER BY growths.growth_base = 'year' DESC, growths.doc_id = levels.doc_id DESC, growths.growth_confidence DESC,
            growths.growth_claim_id
    ) = 1
),

growths_of_levels AS (
    FROM growths_in_sentences
    UNION ALL
    FROM growths_elsewhere
    ANTI JOIN growths_in_sentences USING (fact_id)
)

-- Growths by themselves: an outer join that asks something of one side alone compares each with each.
SELECT told_facts.* EXCLUDE (doc_id), growth_percent, growth_base, growth_fact_id
FROM told_facts
LEFT JOIN growths_of_levels ON growths_of_levels.fact_id = told_facts.fact_id
ORDER BY family, indicator, reporter, partner, period_end, told_facts.fact_id;
