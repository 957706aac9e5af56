-- How right the extractor is, by folder of annotated texts and kind of claim: F1 of the claims found, right and fully right,
-- and how far confidence is on average from the share of right claims. The table evaluation has all figures.
CREATE VIEW accuracy AS
WITH errors AS (
    SELECT folder, texts, kind, sum(claims * abs(mean_confidence - share_right)) / sum(claims) AS calibration_error
    FROM calibration
    GROUP BY folder, texts, kind
),

levels AS (
    SELECT folder, texts, kind, documents, marked, told, extractor_version,
        max(f1) FILTER (WHERE figure = 'found') AS found_f1,
        max(f1) FILTER (WHERE figure = 'right') AS right_f1,
        max(f1) FILTER (WHERE figure = 'full') AS full_f1
    FROM evaluation
    WHERE item = 'all' AND figure <> 'slot'
    GROUP BY ALL
)

SELECT folder, texts, kind, documents, marked, told, found_f1, right_f1, full_f1, calibration_error, extractor_version
FROM levels
LEFT JOIN errors USING (folder, texts, kind);
