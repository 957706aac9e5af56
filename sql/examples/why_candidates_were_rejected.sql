-- Why were candidates rejected, how often, and what is one example of each reason?
WITH examples AS (
    SELECT unnest(reasons) AS reason, family, claim ->> 'evidence' AS evidence, claim_id FROM rejected_claims
)

SELECT family, reason, count(*) AS candidates, first(evidence ORDER BY claim_id) AS one_example
FROM examples
GROUP BY family, reason
ORDER BY candidates DESC, family, reason;
