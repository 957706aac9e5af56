-- Which agreements do texts tell of, and where do they stand? Those of which most documents tell.
SELECT *, count(*) OVER () AS agreements
FROM agreements
QUALIFY row_number() OVER (
    ORDER BY documents DESC, contradicted DESC, claims DESC, latest_told_on DESC NULLS LAST, confidence DESC, agreement_id
) <= $agreements
ORDER BY subject, status_on DESC NULLS FIRST, latest_told_on DESC NULLS LAST, agreement_id;
