-- How many candidates were rejected for each reason, by family; a candidate counts once for each of its reasons.
CREATE VIEW rejections_by_reason AS
WITH reasons_of_candidates AS (
    SELECT family, unnest(reasons) AS reason, doc_id FROM rejected_claims
)

SELECT family, reason, count(*) AS candidates, count(DISTINCT doc_id) AS documents
FROM reasons_of_candidates
GROUP BY family, reason
ORDER BY candidates DESC, family, reason;
