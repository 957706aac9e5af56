-- How many of the claims at each level of confidence are right, on annotated texts that the extractor has not learnt from?
SELECT kind, confidence_low, confidence_high, claims,
    round(mean_confidence, 2) AS mean_confidence, round(share_right, 2) AS share_right
FROM calibration
WHERE folder = 'all folders' AND texts = 'left_out'
ORDER BY kind, confidence_low;
