-- What the index holds of each sentence, word by word. Alike words are neighbours, so that a query reads no others.
SELECT words.sentence_id::BIGINT AS docid, 0::BIGINT AS fieldid, stems.termid
FROM words
JOIN stems ON stems.word = words.word
ORDER BY stems.termid, words.sentence_id;
