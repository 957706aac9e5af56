-- Each word of the sentences that are searched, as often as it stands there, parted as the index parts a query: every sign but
-- letters and digits is a gap, accents are gone.
SELECT sentence_id,
    unnest(string_split(regexp_replace(lower(strip_accents(words)), '[^a-z0-9]+', ' ', 'g'), ' ')) AS word
FROM searched_sentences;
