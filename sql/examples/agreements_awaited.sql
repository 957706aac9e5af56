-- Which steps of agreements are announced and not yet told as taken, and by when?
SELECT awaited_by, awaited_status, status AS reached, coalesce(name, form || ' on ' || subject) AS agreement, parties,
    organisations, latest_told_on
FROM agreements
WHERE awaited_status IS NOT NULL
ORDER BY awaited_by NULLS LAST, latest_told_on DESC NULLS LAST, agreement_id;
