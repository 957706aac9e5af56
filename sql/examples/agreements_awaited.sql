-- Which steps of agreements are announced and not yet told as taken, by when, and for which is that day past?
SELECT awaited_by, coalesce(awaited_by < (SELECT max(published_on) FROM documents), false) AS overdue, awaited_status,
    status AS reached, coalesce(name, form || ' on ' || subject) AS agreement, parties, organisations, latest_told_on
FROM agreements
WHERE awaited_status IS NOT NULL
ORDER BY awaited_by NULLS LAST, latest_told_on DESC NULLS LAST, agreement_id;
