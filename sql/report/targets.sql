-- What was promised or forecast, and what has come of it? Of many, the one that falls due next and those that most documents
-- tell of; those open that fall due next come first, then those met and missed.
WITH falling_due AS (
    SELECT target_id
    FROM targets
    WHERE state = 'open'
    ORDER BY confidence < $doubtful_below, deadline NULLS LAST, documents DESC, confidence DESC, target_id
    LIMIT 1
),

best_targets AS (
    SELECT *, (SELECT count(*) FROM targets) AS targets, target_id IN (SELECT target_id FROM falling_due) AS due_next
    FROM targets
    ORDER BY due_next DESC, documents DESC, latest_value IS NOT NULL DESC, modality = 'target' DESC, confidence DESC,
        deadline NULLS LAST, target_id
    LIMIT $targets
)

SELECT best_targets.*,
    -- the unit of the level, where the goal itself is a growth or a multiple
    CASE
        WHEN best_targets.measure IN ('level', 'share') THEN best_targets.unit
        WHEN latest.unit NOT IN ('%', 'x') THEN latest.unit
        WHEN baseline.unit NOT IN ('%', 'x') THEN baseline.unit
    END AS level_unit,
    latest.bound AS latest_bound
FROM best_targets
LEFT JOIN claims AS latest ON latest.claim_id = best_targets.latest_claim_id
LEFT JOIN claims AS baseline ON baseline.claim_id = best_targets.baseline_claim_id
ORDER BY state = 'open' DESC, state = 'met' DESC, state = 'missed' DESC, deadline NULLS LAST, best_targets.modality DESC,
    best_targets.confidence DESC, target_id;
