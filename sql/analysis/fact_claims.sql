-- Claims by the fact that they state, with who speaks, and which claim counts for each voice.
--
-- Two claims state one fact if they say the same of everything but the value. A voice is who is named as its speaker; a claim
-- without one goes on with the speaker of its document on the same fact, else the publisher speaks. Words that another
-- document has too, in a sentence long enough to be no accident, are the words of whoever said them first. Of values that
-- differ in one text of one voice, that which most voices tell counts, of equals the largest of what adds up: a text that
-- tells a whole and its parts often names the part in words that no field holds. The others, a part, or what was before, are
-- facts of their own, whoever tells them.
WITH worded AS (
    SELECT *,
        regexp_replace(concat(' ', lower(left(evidence, value_start - evidence_start)), ' '), '[^\pL\pN]+', ' ', 'g')
            AS words_before
    FROM quantity_claims()
),

-- Whom a text names of those who speak for a state, if it is one.
named_in_text AS (
    SELECT claims.doc_id, speakers.state, min(speakers.voice) AS voice
    FROM quantity_claims() AS claims
    JOIN reference_voices AS speakers ON speakers.role = 'speaker' AND speakers.told = claims.attributed_to
    WHERE speakers.bare IS NULL AND speakers.state IS NOT NULL
    GROUP BY claims.doc_id, speakers.state
    HAVING min(speakers.voice) = max(speakers.voice)
),

stated AS (
    SELECT claims.claim_id, claims.doc_id, evidence_start, value_start, confidence, bound, value_low,
        value_high, coalesce(adds_up, false) AND measure = 'level' AS adds_up,
        told_interval(value_low, value_high, bound, measure, unit, modality, rounding_percent, about_percent) AS may_be,
        documents.published_on, coalesce(documents.duplicate_of, documents.superseded_by) IS NULL AS original,
        -- a share is one of the whole of its first side
        coalesce(directed, true) OR measure = 'share' AS one_way,
        fact_key(
            family, claims.indicator, measure, base, unit, modality, period_start, period_end,
            CASE WHEN period_start IS NULL AND period_end IS NULL THEN year(documents.published_on) END,
            first_side(one_way, reporter, partner), second_side(one_way, reporter, partner),
            first_side(one_way, origin, destination), second_side(one_way, origin, destination),
            mode, commodity, corridor
        ) AS fact_id,
        -- 'the Turkish president' is the one that the text names
        coalesce(CASE WHEN speakers.bare IS NOT NULL THEN named_in_text.voice END, speakers.voice) AS speaker,
        attributed_to IS NOT NULL AND speakers.voice IS NULL AS unnamed, speakers.bare, speakers.state,
        coalesce(publishers.voice, claims.doc_id) AS house,
        md5(lower(regexp_replace(evidence, '[^\pL\pN]+', ' ', 'g'))) AS wording,
        length(evidence) >= wording_length AS wording_tells,
        list_bool_or([
            contains(words_before, phrase) FOR phrase IN reference_part_phrases.phrases
        ]) AS told_of_a_whole
    FROM worded AS claims
    JOIN documents ON documents.doc_id = claims.doc_id
    CROSS JOIN reference_limits
    CROSS JOIN reference_part_phrases
    LEFT JOIN reference_indicators ON reference_indicators.indicator = claims.indicator
    LEFT JOIN reference_voices AS speakers ON speakers.role = 'speaker' AND speakers.told = attributed_to
    LEFT JOIN named_in_text ON named_in_text.doc_id = claims.doc_id AND named_in_text.state = speakers.state
    LEFT JOIN reference_voices AS publishers ON publishers.role = 'publisher' AND publishers.told = documents.publisher
),

-- A body without its country is the one with a country that speaks of the same fact, and the leader of a state by the office
-- alone the one who is named with it within a year: later there may be another.
speaking AS (
    SELECT *,
        CASE
            WHEN state IS NOT NULL AND speaker = concat(left(state, 3), ' ', bare)
                THEN coalesce(min(speaker) FILTER (WHERE bare IS NULL) OVER leaders_then, speaker)
            WHEN speaker = bare
                THEN coalesce(min(speaker) FILTER (WHERE speaker <> bare) OVER (PARTITION BY fact_id, bare), speaker)
            -- 'the commission' may be any body that tells the same: it bears out none of them
            WHEN unnamed THEN min(speaker) OVER (PARTITION BY fact_id, format('{:.1e}', value_low))
            ELSE speaker
        END AS named_speaker
    FROM stated
    WINDOW leaders_then AS (
        PARTITION BY fact_id, state
        ORDER BY published_on RANGE BETWEEN INTERVAL 1 YEAR PRECEDING AND INTERVAL 1 YEAR FOLLOWING
    )
),

speaking_in_document AS (
    SELECT *,
        coalesce(
            named_speaker,
            first_value(named_speaker IGNORE NULLS) OVER (
                PARTITION BY fact_id, doc_id ORDER BY evidence_start, claim_id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ),
            house
        ) AS voice_in_document
    FROM speaking
),

voiced AS (
    SELECT *,
        CASE
            WHEN wording_tells
                THEN first_value(voice_in_document) OVER (
                    PARTITION BY fact_id, wording ORDER BY original DESC, published_on NULLS LAST, doc_id, claim_id
                )
            ELSE voice_in_document
        END AS voice,
        bool_or(original) OVER (PARTITION BY fact_id) AS of_an_original
    FROM speaking_in_document
),

-- Values of one fact agree if both may stand for one number.
allowed AS (
    SELECT *, may_be.lowest AS least_value, may_be.highest AS most_value,
        confidence >= least_confidence AS sure
    FROM voiced
    CROSS JOIN reference_limits
    WHERE of_an_original
),

-- Claims of a fact whose values agree one with the next.
breaks AS (
    SELECT *,
        least_value > max(most_value) OVER (
            PARTITION BY fact_id, original ORDER BY least_value, claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS breaks_off
    FROM allowed
),

-- The higher the step, the higher the values. What has no highest value is in no strand, as it agrees with every higher one.
steps AS (
    SELECT *,
        CASE WHEN least_value IS NOT NULL
            THEN count(*) FILTER (WHERE breaks_off) OVER (
                PARTITION BY fact_id, original ORDER BY least_value, claim_id ROWS UNBOUNDED PRECEDING
            )
        END AS step
    FROM breaks
),

strands AS (
    SELECT *,
        CASE WHEN most_value IS NOT NULL THEN step END AS strand,
        -- what is told apart goes by its value; what has no lowest one stands alone
        coalesce(step::VARCHAR, concat('under ', value_high)) AS branch
    FROM steps
),

support AS (
    SELECT fact_id, strand, count(DISTINCT voice) AS voices_in_strand
    FROM strands
    WHERE original AND strand IS NOT NULL
    GROUP BY fact_id, strand
),

supported AS (
    SELECT strands.*, voices_in_strand,
        (sure OR coalesce(voices_in_strand > 1, false)) AND NOT coalesce(told_of_a_whole, false) AS may_be_whole
    FROM strands
    LEFT JOIN support ON support.fact_id = strands.fact_id AND support.strand = strands.strand
),

-- An unsure claim is no whole beside sure ones, unless two voices tell it; nor is what its words make a part of another.
weighed AS (
    SELECT *,
        CASE WHEN adds_up AND (may_be_whole OR NOT bool_or(may_be_whole) OVER (PARTITION BY fact_id, voice)) THEN step END
            AS step_of_whole
    FROM supported
),

ranked AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY fact_id, voice
            ORDER BY original DESC, published_on DESC NULLS LAST, coalesce(voices_in_strand, 1) DESC,
                step_of_whole DESC NULLS LAST, voices_in_strand DESC NULLS LAST, confidence DESC,
                doc_id, evidence_start, claim_id
        ) AS place
    FROM weighed
),

-- At odds with what counts for its voice: an older value, a part, or something else.
set_aside AS (
    SELECT *,
        coalesce(least_value > min(most_value) FILTER (WHERE original AND place = 1) OVER of_voice, false)
        OR coalesce(most_value < max(least_value) FILTER (WHERE original AND place = 1) OVER of_voice, false) AS aside,
        first_value(branch) OVER (
            PARTITION BY fact_id
            ORDER BY original DESC, place = 1 DESC, voices_in_strand DESC NULLS LAST, step_of_whole DESC NULLS LAST,
                confidence DESC, claim_id
        ) AS first_branch
    FROM ranked
    WINDOW of_voice AS (PARTITION BY fact_id, voice)
),

told_apart AS (
    SELECT *,
        original AND aside AND bool_or(original AND NOT aside) OVER (PARTITION BY fact_id, voice, doc_id) AS apart
    FROM set_aside
),

beside AS (
    SELECT *,
        CASE WHEN branch <> first_branch AND bool_or(apart) OVER of_branch
            THEN md5(concat_ws('|', fact_id, min(value_low) OVER of_branch, max(value_high) OVER of_branch))[:20]
        END AS own_fact_id
    FROM told_apart
    WINDOW of_branch AS (PARTITION BY fact_id, original, branch)
),

-- What a repeat tells is the fact of the same value that it repeats.
placed AS (
    SELECT * EXCLUDE (fact_id),
        CASE
            WHEN original THEN own_fact_id
            ELSE max(own_fact_id) FILTER (WHERE original) OVER (PARTITION BY fact_id, value_low, value_high)
        END AS found_fact_id,
        coalesce(found_fact_id, fact_id) AS fact_id,
        CASE WHEN found_fact_id IS NOT NULL THEN fact_id END AS beside_fact_id
    FROM beside
)

SELECT fact_id, claim_id, coalesce(shown.voice, placed.voice) AS voice,
    original AND place = min(place) OVER (PARTITION BY fact_id, placed.voice) AS independent,
    least_value, most_value, beside_fact_id,
    CASE WHEN original THEN voices_in_strand END AS voices_alike
FROM placed
LEFT JOIN reference_voices AS shown ON shown.role = 'shown' AND shown.told = placed.voice
ORDER BY fact_id, claim_id;
