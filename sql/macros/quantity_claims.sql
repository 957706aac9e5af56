-- Every claim about trade or freight with its family: numbers and events.
CREATE MACRO quantity_claims() AS TABLE (
    SELECT 'trade' AS family, * FROM trade_claims
    UNION ALL BY NAME
    SELECT 'freight' AS family, * FROM freight_claims
);
