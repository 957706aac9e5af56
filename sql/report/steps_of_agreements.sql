-- Which steps have these agreements taken, or are they to take? Of several statements of one step, the one with a day.
WITH asked AS (
    SELECT DISTINCT unnest($agreements_shown) AS agreement_id
),

steps AS (
    SELECT agreement_timeline.*
    FROM agreement_timeline
    JOIN asked USING (agreement_id)
    QUALIFY row_number() OVER (
        PARTITION BY agreement_id, status, modality
        ORDER BY status_on_from = 'text' DESC, status_on_from = 'period' DESC, status_on NULLS LAST, confidence DESC, claim_id
    ) = 1
)

FROM steps
QUALIFY row_number() OVER (PARTITION BY agreement_id ORDER BY status_on DESC NULLS LAST, stage DESC, claim_id) <= $steps
ORDER BY agreement_id, status_on NULLS LAST, stage, modality, claim_id;
