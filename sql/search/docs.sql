-- Each sentence with the number of its words that count.
WITH lengths AS (
    SELECT docid, count(*) AS len
    FROM fts_main_searched_sentences.terms
    GROUP BY docid
)

SELECT searched_sentences.sentence_id::BIGINT AS docid, searched_sentences.sentence_id AS name, coalesce(lengths.len, 0) AS len
FROM searched_sentences
LEFT JOIN lengths ON lengths.docid = searched_sentences.sentence_id
ORDER BY searched_sentences.sentence_id;
