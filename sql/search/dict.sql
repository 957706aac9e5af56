-- Each word of the index with the number of sentences that have it.
WITH sentences_of_terms AS (
    SELECT termid, count(DISTINCT docid) AS df
    FROM fts_main_searched_sentences.terms
    GROUP BY termid
)

SELECT DISTINCT stems.termid, stems.term, sentences_of_terms.df
FROM stems
JOIN sentences_of_terms ON sentences_of_terms.termid = stems.termid
ORDER BY stems.termid;
