-- Each word of the index with the number of sentences that have it. In each word's sentences in order, one that is like the one
-- before it is not counted again: to keep a set of sentences for each word takes twice as long.
WITH in_order AS (
    SELECT termid, docid, lag(docid) OVER (PARTITION BY termid ORDER BY docid) AS docid_before
    FROM fts_main_searched_sentences.terms
),

sentences_of_terms AS (
    SELECT termid, count(*) AS df
    FROM in_order
    WHERE docid_before IS DISTINCT FROM docid
    GROUP BY termid
)

SELECT DISTINCT stems.termid, stems.term, sentences_of_terms.df
FROM stems
JOIN sentences_of_terms ON sentences_of_terms.termid = stems.termid
ORDER BY stems.termid;
