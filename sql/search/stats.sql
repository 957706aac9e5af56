-- How many sentences there are, and how long they are in the mean.
SELECT count(*) AS num_docs, sum(len) / count(*) AS avgdl FROM fts_main_searched_sentences.docs;
