-- How right is the extractor, on texts from which rules were learnt and on texts from which none were?
SELECT texts, kind, documents, marked, told, found_f1, right_f1, full_f1, calibration_error
FROM accuracy
WHERE folder = 'all folders' AND texts IN ('learnt', 'left_out')
ORDER BY kind = 'quantities' DESC, kind, texts DESC;
