-- Goals and forecasts, each once however often it is told, with where it started, what has been reported since, and its state.
--
-- A goal is known by its thing (indicator, sides, corridor, mode, goods), unit, value and deadline. A multiple, growth or
-- change in the sentence of a goal's level tells the goal's baseline and is no goal of its own. What is reported is set against
-- a goal only if it is of the same thing and of the same kind of period.
-- A document cannot be newer than the refresh that saw it, whatever day it gives itself.
WITH newest AS (
    SELECT max(least(published_on, timezone('UTC', last_seen)::DATE)) FILTER (WHERE published_on IS NOT NULL) AS as_of
    FROM documents
),

figures AS (
    SELECT measurements.* EXCLUDE (thing_id),
        -- who lends, invests and receives is told now as one side and now as the other
        CASE
            WHEN measurements.nature = 'undertaking'
                THEN thing_key(
                    replace(measurements.indicator, 'financing', 'investment'), true,
                    list_sort(list_distinct(list_concat(claims.reporter, claims.partner))), []::VARCHAR[], claims.origin,
                    claims.destination, claims.corridor, claims.mode, claims.commodity
                )
            -- a share is one of the whole of its first side
            WHEN measurements.measure = 'share' AND NOT traits.directed
                THEN thing_key(
                    measurements.indicator, true, claims.reporter, claims.partner, claims.origin, claims.destination,
                    claims.corridor, claims.mode, claims.commodity
                )
            ELSE measurements.thing_id
        END AS thing_id,
        traits.better, traits.adds_up AND measurements.measure = 'level' AS adds_up, documents.published_on,
        first_side(traits.directed OR measurements.measure = 'share', claims.reporter, claims.partner) AS reporter,
        second_side(traits.directed OR measurements.measure = 'share', claims.reporter, claims.partner) AS partner,
        claims.origin, claims.destination, claims.corridor, claims.mode,
        claims.commodity,
        claims.base, claims.value_low, claims.value_high, claims.bound, claims.attributed_to,
        claims.evidence_start, claims.value_start
    FROM measurements
    JOIN quantity_claims() AS claims ON claims.claim_id = measurements.claim_id
    JOIN documents ON documents.doc_id = measurements.doc_id
    JOIN reference_indicators AS traits ON traits.indicator = measurements.indicator
),

promises AS (
    SELECT * FROM figures WHERE modality IN ('target', 'forecast')
),

-- 'to double to a billion': the double tells the baseline of the billion.
levels_promised AS (
    SELECT promises.*
    FROM promises
    CROSS JOIN reference_limits
    WHERE measure = 'level'
    QUALIFY row_number() OVER (PARTITION BY doc_id, evidence_start, thing_id ORDER BY value_start, claim_id) <= most_rivals
),

folded AS (
    SELECT relative.claim_id AS relative_claim_id, promises.claim_id AS claim_id,
        CASE relative.measure
            WHEN 'multiple' THEN promises.value / nullif(relative.value, 0)
            WHEN 'growth' THEN promises.value / nullif(1 + relative.value / 100, 0)
            ELSE promises.value - relative.value
        END AS baseline_value,
        -- a base is the less, the more it grew: a level of at least so much leaves it open upwards, a growth of at
        -- least so much downwards
        CASE
            WHEN relative.bound NOT IN ('over', 'under')
                THEN CASE promises.bound WHEN 'exact' THEN relative.bound ELSE promises.bound END
            WHEN promises.bound = relative.bound THEN 'about'
            WHEN (relative.bound = 'over') = (relative.value >= 0) THEN 'under'
            ELSE 'over'
        END AS baseline_bound
    FROM promises AS relative
    JOIN levels_promised AS promises
        ON promises.doc_id = relative.doc_id AND promises.evidence_start = relative.evidence_start
        AND promises.thing_id = relative.thing_id
    WHERE relative.measure IN ('multiple', 'growth', 'change')
        AND (relative.measure <> 'change' OR relative.unit = promises.unit)
        AND (relative.period_end IS NULL OR promises.period_end IS NULL OR relative.period_end = promises.period_end)
    QUALIFY row_number() OVER (
        PARTITION BY relative.claim_id ORDER BY abs(promises.value_start - relative.value_start), promises.claim_id
    ) = 1
),

-- What a text reports of a thing, the first of each sentence and the latest of all: no promise is set against more than these.
reported_in_text AS (
    SELECT figures.*, most_rivals,
        row_number() OVER (PARTITION BY doc_id, thing_id, measure, evidence_start ORDER BY value_start, claim_id)
            AS place_in_sentence,
        row_number() OVER (
            PARTITION BY doc_id, thing_id, measure
            ORDER BY counts DESC, holds_on DESC NULLS LAST, period_kind = 'year' OR a_year DESC, value_start, claim_id
        ) AS place_in_text
    FROM figures
    CROSS JOIN reference_limits
    WHERE modality = 'reported' AND measure IN ('level', 'share')
),

-- Where it starts from, as its own text reports it: in its sentence, else the latest that the text tells, if that is sure, or
-- as sure as the promise. Flows of a part of a year are no start for a yearly goal.
possible_starts AS (
    SELECT promises AS promise, reported, true AS one_sentence
    FROM promises
    JOIN reported_in_text AS reported
        ON reported.doc_id = promises.doc_id AND reported.thing_id = promises.thing_id
        AND reported.measure = CASE promises.measure WHEN 'share' THEN 'share' ELSE 'level' END
        AND reported.evidence_start = promises.evidence_start
    WHERE place_in_sentence <= most_rivals
    UNION ALL
    SELECT promises, reported, false
    FROM promises
    JOIN reported_in_text AS reported
        ON reported.doc_id = promises.doc_id AND reported.thing_id = promises.thing_id
        AND reported.measure = CASE promises.measure WHEN 'share' THEN 'share' ELSE 'level' END
    WHERE place_in_text <= most_rivals AND (reported.counts OR reported.confidence >= promises.confidence)
        AND reported.evidence_start <> promises.evidence_start
),

starts AS (
    SELECT promise.claim_id, reported.claim_id AS baseline_claim_id, reported.value AS baseline_value,
        reported.bound AS baseline_bound, reported.unit AS baseline_unit,
        reported.period_start AS baseline_period_start, reported.period_end AS baseline_period_end,
        reported.holds_on AS baseline_on,
        -- what lies beyond a goal is told of something else, if not in one breath with it; what lies beyond a forecast may
        -- also be what it falls from
        promise.measure = 'level' AND NOT one_sentence
        AND CASE promise.better WHEN 'lower' THEN reported.value <= promise.value ELSE reported.value >= promise.value END
            AS beyond
    FROM possible_starts
    WHERE promise.nature <> 'undertaking'
        AND (reported.unit = promise.unit OR promise.measure IN ('growth', 'multiple'))
        AND coalesce(reported.period_end < promise.period_end, true)
        AND (
            promise.nature = 'state' OR promise.measure = 'share' OR reported.period_kind = 'year' OR reported.a_year
            OR (reported.period_kind = 'untold' AND one_sentence)
        )
        AND (
            promise.period_kind <> 'year' OR reported.period_kind <> 'year'
            OR year(reported.period_end) = year(promise.period_end) - 1
        )
        AND (promise.modality = 'forecast' OR NOT beyond)
    QUALIFY row_number() OVER (
        PARTITION BY promise.claim_id
        ORDER BY beyond, one_sentence DESC, reported.holds_on DESC NULLS LAST,
            abs(reported.value_start - promise.value_start), reported.claim_id
    ) = 1
),

baselines AS (
    SELECT claim_id, baseline_claim_id, baseline_value, baseline_bound, baseline_unit, baseline_period_start,
        baseline_period_end, baseline_on,
        'stated' AS baseline_from
    FROM starts
    WHERE NOT beyond
    UNION ALL
    SELECT folded.claim_id, folded.relative_claim_id, folded.baseline_value, folded.baseline_bound, promises.unit, NULL, NULL,
        promises.published_on, 'implied'
    FROM folded
    JOIN promises ON promises.claim_id = folded.claim_id
),

goals AS (
    SELECT promises.*,
        -- 'by 2030' and 'within five years' of different days are one deadline if they fall into one year
        CASE
            WHEN period_end = last_day(period_end) AND month(period_end) <> 12 THEN period_end::VARCHAR
            ELSE year(period_end)::VARCHAR
        END AS told_deadline,
        -- '5 million tons, 4 million of them through Baku': the lesser is a part, and claims do not tell which
        adds_up AND max(value) OVER (PARTITION BY doc_id, thing_id, unit, measure, period_start, period_end) > value
            AND (family = 'freight' OR period_start IS NOT NULL) AS part,
        claim_id IN (SELECT claim_id FROM starts WHERE beyond) AS perhaps_a_fall
    FROM promises
    WHERE claim_id NOT IN (SELECT relative_claim_id FROM folded)
),

-- A goal told without its deadline is the one of the same value that has one, if there is only one.
dated_goals AS (
    SELECT *,
        CASE
            WHEN told_deadline IS NULL AND count(DISTINCT told_deadline) OVER of_one_value = 1
                THEN max(told_deadline) OVER of_one_value
            ELSE coalesce(told_deadline, '')
        END AS deadline_key
    FROM goals
    WINDOW of_one_value AS (PARTITION BY thing_id, unit, measure, value_low, value_high)
),

identified_goals AS (
    SELECT dated_goals.*,
        substring(md5(concat_ws('|', thing_id, measure, unit, value_low, value_high, deadline_key)), 1, 20) AS target_id,
        baselines.* EXCLUDE (claim_id)
    FROM dated_goals
    LEFT JOIN baselines ON baselines.claim_id = dated_goals.claim_id
),

claims_of_goals AS (
    SELECT target_id, claim_id, doc_id, attributed_to FROM identified_goals
    UNION
    SELECT identified_goals.target_id, folded.relative_claim_id, identified_goals.doc_id, NULL
    FROM folded
    JOIN identified_goals ON identified_goals.claim_id = folded.claim_id
),

voices_of_goals AS (
    SELECT target_id, count(DISTINCT claim_id) AS claims, count(DISTINCT doc_id) AS documents,
        list_sort(list(DISTINCT claim_id)) AS claim_ids,
        list_sort(coalesce(list(DISTINCT attributed_to) FILTER (WHERE attributed_to IS NOT NULL), [])) AS attributed_to
    FROM claims_of_goals
    GROUP BY target_id
),

goals_once AS (
    SELECT target_id,
        -- the claim to show; in a struct NULL would be the highest: what has no day comes before all days, here and below
        arg_max(
            identified_goals,
            {
                'confidence': confidence, 'published_on': coalesce(published_on, DATE '0001-01-01'), 'claim_id': claim_id
            }
        ) AS goal,
        arg_max(
            {
                'claim_id': baseline_claim_id, 'value': baseline_value, 'bound': baseline_bound,
                'unit': baseline_unit,
                'period_start': baseline_period_start,
                'period_end': baseline_period_end, 'holds_on': baseline_on, 'told': baseline_from
            },
            -- the text that announced it knows best where it started
            {
                'days_back': -date_diff('day', DATE '0001-01-01', coalesce(published_on, DATE '9999-12-31')),
                'stated': baseline_from = 'stated', 'confidence': confidence, 'claim_id': claim_id || baseline_claim_id
            }
        ) FILTER (WHERE baseline_value IS NOT NULL) AS baseline,
        bool_or(modality = 'target') AS goal_said,
        -- unless more texts tell it alone, as a whole
        2 * count(DISTINCT doc_id) FILTER (WHERE part) >= count(DISTINCT doc_id) AS part,
        bool_or(perhaps_a_fall) AND count(baseline_value) = 0 AS perhaps_a_fall,
        min(published_on) AS announced_on,
        max(period_start) AS period_start,
        max(period_end) AS deadline,
        max(confidence) AS confidence
    FROM identified_goals
    GROUP BY target_id
),

-- A sum that is pledged is a plan in one text and a fact in another: 'will invest 12 billion', 'brought a package of 12
-- billion'. Who gets it may be left open in either.
sums_told AS (
    SELECT told, unit, value_low, value_high, min(published_on) AS told_on
    FROM (
        SELECT unit, value_low, value_high, published_on, unnest(list_filter([
            thing_id,
            CASE WHEN len(reporter) > 0 THEN concat_ws('|', reporter::VARCHAR, coalesce(corridor, ''), len(partner) > 0) END
        ], lambda key: key IS NOT NULL)) AS told
        FROM figures
        WHERE nature = 'undertaking' AND measure = 'level' AND modality IN ('reported', 'target', 'forecast')
    )
    GROUP BY told, unit, value_low, value_high
),

sums_promised AS (
    SELECT target_id, goal.unit AS unit, goal.value_low AS value_low, goal.value_high AS value_high,
        unnest(list_filter([
            goal.thing_id,
            CASE WHEN len(goal.reporter) > 0
                THEN concat_ws('|', goal.reporter::VARCHAR, coalesce(goal.corridor, ''), len(goal.partner) = 0) END
        ], lambda key: key IS NOT NULL)) AS told
    FROM goals_once
    WHERE goal.nature = 'undertaking' AND goal.measure = 'level'
),

first_told AS (
    SELECT target_id, min(told_on) AS told_on
    FROM sums_promised
    JOIN sums_told USING (told, unit, value_low, value_high)
    GROUP BY target_id
),

-- What has to be reached, and from which side.
measured_goals AS (
    SELECT goals_once.target_id, goal, baseline, part, perhaps_a_fall, least(announced_on, told_on) AS announced_on,
        period_start, deadline, confidence,
        CASE WHEN goal_said THEN 'target' ELSE 'forecast' END AS modality,
        CASE goal.measure
            WHEN 'level' THEN goal.value
            WHEN 'share' THEN goal.value
            WHEN 'growth' THEN baseline.value * (1 + goal.value / 100)
            WHEN 'multiple' THEN baseline.value * goal.value
            WHEN 'change' THEN baseline.value + goal.value
        END AS target_value,
        CASE
            WHEN goal.measure IN ('growth', 'change') THEN CASE WHEN goal.value < 0 THEN 'down' ELSE 'up' END
            WHEN goal.measure = 'multiple' THEN CASE WHEN goal.value < 1 THEN 'down' ELSE 'up' END
            WHEN baseline.value <> goal.value THEN CASE WHEN baseline.value > goal.value THEN 'down' ELSE 'up' END
            WHEN goal.better = 'lower' AND goal.measure = 'level' THEN 'down'
            ELSE 'up'
        END AS direction,
        -- a growth over a told period is set against growths reported for it, all else against levels or shares
        CASE
            WHEN goal.measure = 'growth' AND goal.period_kind IN ('year', 'part') THEN 'growth'
            WHEN goal.measure = 'share' THEN 'share'
            ELSE 'level'
        END AS compared_measure,
        CASE
            WHEN goal.nature = 'undertaking' THEN 'undertaking'
            WHEN part THEN 'part'
            WHEN goal.family = 'freight' AND goal.corridor IS NULL
                AND len(list_distinct(list_concat(list_concat(goal.reporter, goal.origin), goal.destination))) < 2 THEN 'place'
            WHEN goal.family = 'trade' AND len(goal.reporter) = 0 THEN 'place'
        END AS not_compared_because
    FROM goals_once
    LEFT JOIN first_told ON first_told.target_id = goals_once.target_id
),

compared_goals AS (
    SELECT measured_goals.*,
        goal.thing_id AS thing_id, goal.nature AS nature, goal.period_kind AS period_kind,
        -- What the value is to the goal: to be reached; a ceiling of what is to rise (or a floor of what is to fall), that a
        -- forecast says will be kept, while a plan for up to so much leaves open how much will do; what can be taken at most
        -- is what can be taken. Of what may rise or fall to it only the value itself decides.
        CASE
            WHEN perhaps_a_fall THEN 'open'
            WHEN goal.bound NOT IN ('over', 'under') OR ((goal.bound = 'under') = (goal.value >= 0)) <> (direction = 'up')
                THEN 'reach'
            WHEN goal.indicator = 'capacity' THEN 'can'
            WHEN modality = 'forecast' THEN 'keep'
            ELSE 'open'
        END AS sense,
        CASE
            WHEN compared_measure = 'growth' THEN '%'
            WHEN goal.measure IN ('growth', 'multiple') THEN coalesce(baseline.unit, goal.unit)
            ELSE goal.unit
        END AS compared_unit,
        CASE compared_measure
            WHEN 'growth' THEN goal.value
            WHEN 'level' THEN CASE WHEN goal.measure = 'level' AND direction = 'up' THEN goal.value_low
                WHEN goal.measure = 'level' THEN goal.value_high ELSE target_value END
            ELSE goal.value
        END AS line,
        deadline_slack_days::INTEGER AS slack, newest.as_of
    FROM measured_goals
    CROSS JOIN reference_limits
    CROSS JOIN newest
),

-- Of several amounts that one text gives for one thing and period, the largest is the whole and the others are parts of it.
-- Of what does not add up, as times and growths, all count, and of what is unsure each for itself. What stands untold when
-- holds when it is published: of a year the latest is enough.
told_values AS (
    SELECT *,
        CASE WHEN period_end IS NULL THEN year(holds_on) END AS told_in,
        CASE WHEN NOT counts THEN value END AS unsure_value,
        -- what can take up to so much can take so much
        CASE WHEN bound IN ('exact', 'over') OR indicator = 'capacity' THEN value_low
            ELSE coalesce(lowest, '-infinity'::DOUBLE) END AS floor,
        CASE WHEN bound IN ('exact', 'under') THEN value_high ELSE coalesce(highest, 'infinity'::DOUBLE) END AS ceiling,
        -- and read as roughly as it is told
        CASE WHEN bound <> 'under' THEN value_low ELSE floor END AS rough_floor,
        CASE WHEN bound <> 'over' THEN value_high ELSE ceiling END AS rough_ceiling
    FROM figures
    WHERE modality = 'reported' AND (counts OR (nature = 'state' AND period_kind IN ('untold', 'since')))
        AND nature <> 'undertaking'
        AND (measure IN ('level', 'share') OR measure = 'growth' AND base IN ('year', (year(period_end) - 1)::VARCHAR))
        -- of flows only those over a whole time say how much
        AND (nature = 'state' OR a_year OR period_kind IN ('year', 'part', 'years') OR measure = 'share')
    QUALIFY (
            NOT adds_up
            OR row_number() OVER (
                PARTITION BY doc_id, thing_id, unit, measure, period_start, period_end
                ORDER BY value DESC, confidence DESC, claim_id
            ) = 1
        )
        AND (
            told_in IS NULL
            OR holds_on = max(holds_on) OVER (
                PARTITION BY thing_id, unit, measure, period_start, period_kind, a_year, unsure_value, told_in
            )
        )
),

readings AS (
    SELECT thing_id, unit, measure, nature, period_start, period_end, period_kind, a_year, unsure_value, counts, told_in,
        max(holds_on) AS holds_on, min(floor) AS floor, max(ceiling) AS ceiling, min(rough_floor) AS rough_floor,
        max(rough_ceiling) AS rough_ceiling,
        -- of one time, texts should tell one value
        {
            'lowest': min(value), 'lowest_claim': arg_min(claim_id, {'value': value, 'claim_id': claim_id}),
            'highest': max(value), 'highest_claim': arg_max(claim_id, {'value': value, 'claim_id': claim_id}),
            'disputed': coalesce(max(lowest) > min(highest), false)
        } AS texts,
        arg_max(
            {
                'value': value, 'claim_id': claim_id, 'period_start': period_start, 'period_end': period_end,
                'holds_on': holds_on
            },
            {
                'confidence': confidence, 'published_on': coalesce(published_on, DATE '0001-01-01'), 'claim_id': claim_id
            }
        ) AS shown
    FROM told_values
    GROUP BY thing_id, unit, measure, nature, period_start, period_end, period_kind, a_year, unsure_value, counts, told_in
),

outcomes AS (
    SELECT goals.target_id, readings.shown, readings.holds_on, readings.texts,
        coalesce(readings.holds_on > goals.announced_on, false)
        OR coalesce(readings.period_start >= goals.period_start AND readings.period_end <= goals.deadline, false) AS since,
        -- what is promised roughly is reached roughly
        CASE
            WHEN goals.direction = 'up'
                THEN CASE goals.goal.bound WHEN 'about' THEN readings.rough_floor ELSE readings.floor END >= goals.line
            ELSE CASE goals.goal.bound WHEN 'about' THEN readings.rough_ceiling ELSE readings.ceiling END <= goals.line
        END AS reaches,
        CASE goals.direction WHEN 'up' THEN readings.floor > goals.line ELSE readings.ceiling < goals.line END AS passes,
        CASE goals.direction WHEN 'up' THEN readings.ceiling <= goals.line ELSE readings.floor >= goals.line END AS keeps,
        CASE goals.direction WHEN 'up' THEN readings.ceiling < goals.line ELSE readings.floor > goals.line END AS falls_short,
        -- of a year that is named no other year tells
        coalesce(
            CASE
                WHEN goals.period_start IS NULL THEN true
                WHEN goals.nature = 'state' THEN readings.holds_on >= goals.period_start
                WHEN goals.deadline IS NULL THEN coalesce(readings.period_start, readings.holds_on) >= goals.period_start
                WHEN readings.period_kind = 'part' AND goals.period_kind <> 'part'
                    THEN readings.period_start = goals.period_start
                ELSE readings.period_start = goals.period_start AND readings.period_end = goals.deadline
            END, false
        ) AS of_its_time,
        CASE
            WHEN goals.compared_measure <> 'level' THEN
                readings.period_start IS NOT DISTINCT FROM goals.period_start AND readings.period_end = goals.deadline
                OR goals.compared_measure = 'share' AND goals.period_start IS NULL
            WHEN goals.nature = 'state' THEN true
            WHEN goals.period_kind = 'part' THEN
                readings.period_kind = 'part'
                AND strftime(readings.period_start, '%m-%d') = strftime(goals.period_start, '%m-%d')
                AND strftime(readings.period_end, '%m-%d') = strftime(goals.deadline, '%m-%d')
            WHEN goals.period_kind = 'years' THEN
                readings.period_start = goals.period_start AND readings.period_end = goals.deadline
            ELSE readings.period_kind = 'year' OR readings.a_year
        END AS alike,
        -- from the first day of a year on, but not to its last
        goals.compared_measure = 'level' AND goals.nature = 'flow' AND readings.period_kind = 'part'
            AND strftime(readings.period_start, '%m-%d') = coalesce(strftime(goals.period_start, '%m-%d'), '01-01')
            AND goals.period_kind <> 'part'
            -- of the year in which it was announced, too
            AND (since OR coalesce(year(readings.holds_on) = year(goals.announced_on), false))
            -- what is to be reached by a day within a year may be counted from any day before
            AND (
                goals.period_start IS NOT NULL
                OR coalesce(month(goals.deadline) = 12 OR goals.deadline <> last_day(goals.deadline), true)
            ) AS partial,
        -- what stands at no told time has stood for a while
        coalesce(readings.holds_on <= goals.deadline + goals.slack, true)
        OR (goals.nature = 'state' AND readings.told_in IS NOT NULL AND coalesce(reaches, false)) AS in_time,
        coalesce(readings.holds_on >= goals.deadline - goals.slack, false) AS at_the_end,
        goals.sense,
        goals.direction
    FROM compared_goals AS goals
    JOIN readings
        ON readings.thing_id = goals.thing_id AND readings.unit = goals.compared_unit
        AND readings.measure = goals.compared_measure
    WHERE goals.not_compared_because IS NULL AND goals.line IS NOT NULL
        AND (goals.compared_measure <> 'growth' OR goals.goal.base IN ('year', (year(goals.deadline) - 1)::VARCHAR))
        -- just what was promised, said to stand, needs no surer claim
        AND (readings.counts OR readings.unsure_value = goals.line)
),

verdicts AS (
    SELECT *,
        since AND of_its_time AND in_time AND CASE sense
            WHEN 'keep' THEN keeps AND at_the_end AND alike
            WHEN 'open' THEN reaches AND keeps AND alike
            -- what a part of the year comes to the year comes to
            ELSE reaches AND (alike OR (partial AND direction = 'up'))
        END AS meets,
        CASE sense WHEN 'reach' THEN falls_short WHEN 'keep' THEN passes ELSE false END AS fails
    FROM outcomes
),

judged AS (
    SELECT target_id,
        arg_max(
            {'shown': shown, 'texts': texts},
            {
                -- what meets the goal in time, else the last in time, else the first after it
                'meets': coalesce(meets, false), 'in_time': in_time, 'of_its_time': of_its_time,
                'days': coalesce(date_diff('day', DATE '0001-01-01', holds_on), 0) * CASE WHEN in_time THEN 1 ELSE -1 END,
                'claim_id': shown.claim_id
            }
        ) FILTER (WHERE alike) AS latest_reading,
        arg_max(shown, {'holds_on': holds_on, 'claim_id': shown.claim_id}) FILTER (WHERE partial AND in_time) AS partial,
        coalesce(bool_or(meets), false) AS met,
        coalesce(bool_or(meets) FILTER (WHERE alike), false) AS met_by_whole,
        arg_min(fails, {'holds_on': holds_on, 'claim_id': shown.claim_id}) FILTER (WHERE alike AND at_the_end AND of_its_time)
            AS missed,
        -- nor does a year keep below what a part of it comes to
        coalesce(
            bool_or(passes AND of_its_time AND in_time) FILTER (WHERE partial AND sense = 'keep' AND direction = 'up'), false
        ) AS broken
    FROM verdicts
    GROUP BY target_id
),

-- The latest yearly figure or state of each thing.
latest_by_thing AS (
    SELECT thing_id, unit,
        arg_max(shown, {'holds_on': coalesce(holds_on, DATE '0001-01-01'), 'claim_id': shown.claim_id}) AS shown
    FROM readings
    WHERE measure = 'level' AND counts AND (nature = 'state' OR period_kind = 'year' OR a_year)
    GROUP BY ALL
),

sides_of_things AS (
    SELECT NULL::VARCHAR AS target_id, latest_by_thing.unit, latest_by_thing.shown, figures.indicator,
        figures.reporter, figures.partner, figures.origin, figures.destination, figures.corridor, figures.mode,
        figures.commodity
    FROM latest_by_thing
    JOIN figures ON figures.claim_id = latest_by_thing.shown.claim_id
    UNION ALL
    SELECT target_id, compared_unit, NULL, goal.indicator, goal.reporter, goal.partner, goal.origin, goal.destination,
        goal.corridor, goal.mode, goal.commodity
    FROM compared_goals
    WHERE compared_measure = 'level' AND not_compared_because IS NULL
),

-- What remains of a thing when one of its sides is left out, and whether it left that side open itself.
loosened_things AS (
    SELECT target_id, unit, shown, indicator, loosened.differs_by, loosened.open,
        concat_ws('|', partner::VARCHAR, coalesce(commodity, ''), loosened.kept) AS kept
    FROM (
        SELECT *,
            unnest([
                {
                    'differs_by': 'mode', 'open': mode IS NULL,
                    'kept': concat_ws('|', reporter::VARCHAR, origin::VARCHAR, destination::VARCHAR, coalesce(corridor, ''))
                },
                {
                    'differs_by': 'corridor', 'open': corridor IS NULL,
                    'kept': concat_ws('|', reporter::VARCHAR, origin::VARCHAR, destination::VARCHAR, coalesce(mode, ''))
                },
                {
                    'differs_by': 'origin', 'open': len(origin) = 0,
                    'kept': concat_ws('|', reporter::VARCHAR, destination::VARCHAR, coalesce(corridor, ''), coalesce(mode, ''))
                },
                {
                    'differs_by': 'destination', 'open': len(destination) = 0,
                    'kept': concat_ws('|', reporter::VARCHAR, origin::VARCHAR, coalesce(corridor, ''), coalesce(mode, ''))
                }
            ]) AS loosened
        FROM sides_of_things
    )
    -- without its corridor, freight of one country is that of any port or railway there
    WHERE loosened.differs_by <> 'corridor'
        OR indicator IN ('turnover', 'exports', 'imports', 'balance')
        OR len(list_distinct(list_concat(list_concat(reporter, origin), destination))) > 1
),

latest_of_loosened AS (
    SELECT indicator, unit, differs_by, open, kept,
        arg_max(shown, {'holds_on': coalesce(shown.holds_on, DATE '0001-01-01'), 'claim_id': shown.claim_id}) AS shown
    FROM loosened_things
    WHERE target_id IS NULL
    GROUP BY ALL
),

near_readings AS (
    SELECT goals.target_id, near.differs_by, near.shown
    FROM loosened_things AS goals
    JOIN latest_of_loosened AS near
        ON near.indicator = goals.indicator AND near.unit = goals.unit AND near.differs_by = goals.differs_by
        AND near.kept = goals.kept
        -- one of the two leaves open what the other names
        AND near.open = NOT goals.open
    WHERE goals.target_id IS NOT NULL
    UNION ALL
    SELECT goals.target_id, goals.not_compared_because, latest_by_thing.shown
    FROM compared_goals AS goals
    JOIN latest_by_thing ON latest_by_thing.thing_id = goals.thing_id AND latest_by_thing.unit = goals.compared_unit
    WHERE goals.not_compared_because IN ('place', 'part') AND goals.compared_measure = 'level'
        -- from where it started is nowhere near what came of it
        AND latest_by_thing.shown.claim_id IS DISTINCT FROM goals.baseline.claim_id
        -- a thing of no place at all is any
        AND (
            goals.goal.corridor IS NOT NULL
            OR len(goals.goal.reporter) + len(goals.goal.origin) + len(goals.goal.destination) > 0
        )
),

nearest AS (
    SELECT target_id,
        arg_max(differs_by, {'holds_on': coalesce(shown.holds_on, DATE '0001-01-01'), 'differs_by': differs_by}) AS differs_by,
        arg_max(shown, {'holds_on': coalesce(shown.holds_on, DATE '0001-01-01'), 'differs_by': differs_by}) AS shown
    FROM near_readings
    GROUP BY target_id
),

states AS (
    SELECT goals.*, judged.latest_reading.shown AS latest, judged.latest_reading.texts AS latest_texts, judged.partial,
        nearest.shown AS near, nearest.differs_by AS near_differs_by,
        -- a part of the year that has reached it says more than the whole year before
        judged.met AND NOT judged.met_by_whole AS met_by_partial,
        CASE
            WHEN judged.met THEN 'met'
            WHEN goals.deadline > goals.as_of THEN 'open'
            WHEN judged.missed OR judged.broken THEN 'missed'
            ELSE 'unknown'
        END AS state
    FROM compared_goals AS goals
    LEFT JOIN judged ON judged.target_id = goals.target_id
    LEFT JOIN nearest ON nearest.target_id = goals.target_id
)

SELECT states.target_id, goal.family AS family, goal.indicator AS indicator, goal.measure AS measure,
    goal.reporter AS reporter, goal.partner AS partner, goal.origin AS origin, goal.destination AS destination,
    goal.corridor AS corridor, goal.mode AS mode, goal.commodity AS commodity,
    goal.unit || CASE WHEN goal.a_year THEN '/yr' ELSE '' END AS unit,
    goal.value_low AS value_low, goal.value_high AS value_high, goal.bound AS bound,
    states.modality, voices.attributed_to, states.announced_on, states.period_start, states.deadline,
    states.target_value, states.direction,
    baseline.value AS baseline_value, baseline.bound AS baseline_bound, baseline.period_start AS baseline_period_start,
    baseline.period_end AS baseline_period_end, baseline.told AS baseline_from, baseline.claim_id AS baseline_claim_id,
    latest.value AS latest_value, latest.period_start AS latest_period_start, latest.period_end AS latest_period_end,
    latest.claim_id AS latest_claim_id,
    latest_texts.disputed AS latest_disputed,
    latest_texts.lowest AS latest_lowest_value,
    latest_texts.highest AS latest_highest_value,
    CASE WHEN latest IS NULL THEN []
        ELSE list_sort(list_distinct([latest.claim_id, latest_texts.lowest_claim, latest_texts.highest_claim]))
    END AS latest_claim_ids,
    CASE WHEN partial_is_later THEN partial.value END AS partial_value,
    CASE WHEN partial_is_later THEN partial.period_start END AS partial_period_start,
    CASE WHEN partial_is_later THEN partial.period_end END AS partial_period_end,
    CASE WHEN partial_is_later THEN partial.claim_id END AS partial_claim_id,
    CASE WHEN latest IS NULL THEN near.value END AS near_value,
    CASE WHEN latest IS NULL THEN near.period_start END AS near_period_start,
    CASE WHEN latest IS NULL THEN near.period_end END AS near_period_end,
    CASE WHEN latest IS NULL THEN near.claim_id END AS near_claim_id,
    CASE WHEN latest IS NULL THEN near_differs_by END AS near_differs_by,
    not_compared_because,
    CASE WHEN compared_measure <> 'growth'
            -- of the time of the baseline only what is the baseline
            AND (latest.holds_on > baseline.holds_on OR latest.holds_on = baseline.holds_on AND latest.value = baseline.value)
        THEN 100 * (latest.value - baseline.value) / nullif(target_value - baseline.value, 0) END AS progress_percent,
    CASE WHEN compared_measure <> 'growth' AND direction = 'up' AND target_value > 0 AND latest.value >= 0
        THEN 100 * latest.value / target_value END AS achieved_percent,
    CASE WHEN state = 'open' AND sense <> 'keep' AND compared_measure = 'level' AND latest.value > 0 AND target_value > 0
            AND CASE direction WHEN 'up' THEN latest.value < target_value ELSE latest.value > target_value END
            AND date_diff('month', latest.holds_on, deadline) > 0
        THEN 100 * (pow(target_value / latest.value, 12 / date_diff('month', latest.holds_on, deadline)) - 1)
    END AS yearly_growth_needed_percent,
    state, as_of, states.confidence, goal.claim_id AS claim_id, voices.claim_ids, voices.claims, voices.documents,
    promising.evidence, outcome.evidence AS outcome_evidence
FROM (
    SELECT *, coalesce(partial.holds_on > latest.holds_on, partial IS NOT NULL) OR met_by_partial AS partial_is_later,
        coalesce(latest.claim_id, partial.claim_id, near.claim_id) AS outcome_claim_id
    FROM states
) AS states
JOIN voices_of_goals AS voices ON voices.target_id = states.target_id
JOIN quantity_claims() AS promising ON promising.claim_id = states.goal.claim_id
LEFT JOIN quantity_claims() AS outcome ON outcome.claim_id = states.outcome_claim_id;
