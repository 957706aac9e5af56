-- Of the claims at each level of confidence, how many are right?
SELECT texts, kind, claims, mean_confidence, share_right
FROM calibration
WHERE folder = 'all folders' AND texts IN ('learnt', 'left_out') AND claims > 0
ORDER BY kind = 'quantities' DESC, kind, texts DESC, confidence_low;
