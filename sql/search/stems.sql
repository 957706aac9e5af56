-- Each word that counts, without its ending, by which the index knows it. Finding that is costly: each word is read once.
WITH counting AS (
    SELECT DISTINCT word
    FROM words
    WHERE word <> '' AND word NOT IN (SELECT sw FROM fts_main_searched_sentences.stopwords)
),

stemmed AS (
    SELECT word, stem(word, 'english') AS term FROM counting
)

SELECT word, term, dense_rank() OVER (ORDER BY term) AS termid FROM stemmed;
