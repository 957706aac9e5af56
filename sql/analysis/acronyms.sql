-- What acronyms are said to stand for, small differences of spelling aside. Two expansions conflict unless one holds all the
-- words of the other ("Baku-Tbilisi-Kars", "Baku-Tbilisi-Kars railway"), or the letters are not those of one of them and it
-- shares a word with the other, so that it may be its translation ("Kazakhstan Temir Zholy", "Kazakhstan Railways").
WITH mentions AS (
    SELECT acronym_mentions.mention_id, acronym_mentions.doc_id, acronym_mentions.letters, documents.publisher,
        documents.published_on,
        regexp_replace(replace(acronym_mentions.acronym, '.', ''), '([^a-z])s$', '\1') AS acronym,
        regexp_replace(acronym_mentions.expansion, '\s+', ' ', 'g') AS expansion,
        regexp_extract_all(strip_accents(lower(acronym_mentions.expansion)), '[\pL\pN]+') AS words
    FROM acronym_mentions
    JOIN documents ON documents.doc_id = acronym_mentions.doc_id
    WHERE coalesce(documents.duplicate_of, documents.superseded_by) IS NULL
),

-- Small words, kinds of company, the plural, and British or American spelling make no other expansion.
compared AS (
    SELECT mentions.* REPLACE (
        list_transform(
            list_filter(mentions.words, lambda word: NOT list_contains(reference_light_words.words, word)),
            lambda word: regexp_replace(
                regexp_replace(regexp_replace(word, 'isation$', 'ization'), '(..)ies$', '\1y'), '(..[^s])s$', '\1'
            )
        ) AS words
    )
    FROM mentions
    CROSS JOIN reference_light_words
),

expansions AS (
    SELECT acronym, array_to_string(words, ' ') AS expansion_key, any_value(words) AS words,
        mode(expansion ORDER BY expansion) AS expansion,
        list_sort(list(DISTINCT expansion)) AS spellings,
        max(letters <> 'other') AS has_its_letters,
        list_sort(list(DISTINCT doc_id)) AS doc_ids,
        count(DISTINCT publisher) AS publishers,
        count(*) AS mentions,
        min(published_on) AS first_told_on,
        max(published_on) AS latest_told_on,
        arg_min(mention_id, (coalesce(published_on, DATE '9999-12-31'), mention_id)) AS mention_id
    FROM compared
    GROUP BY acronym, expansion_key
),

-- Initials that everyone spells out otherwise are set against their commonest expansions: each against each has no end.
commonest_expansions AS (
    SELECT *, row_number() OVER (PARTITION BY acronym ORDER BY mentions DESC, expansion_key) AS place
    FROM expansions
    QUALIFY place <= 100
),

conflicts AS (
    SELECT one.acronym, one.expansion_key,
        list_sort(list_distinct(list(other.expansion ORDER BY other.place))[:20]) AS other_expansions
    FROM expansions AS one
    JOIN commonest_expansions AS other
        ON other.acronym = one.acronym
        AND other.expansion_key <> one.expansion_key
        AND NOT list_has_all(one.words, other.words)
        AND NOT list_has_all(other.words, one.words)
        AND ((one.has_its_letters AND other.has_its_letters) OR NOT list_has_any(one.words, other.words))
    GROUP BY one.acronym, one.expansion_key
)

SELECT expansions.acronym, expansions.expansion, spellings, has_its_letters, len(doc_ids) AS documents, doc_ids, publishers,
    mentions, first_told_on, latest_told_on, other_expansions IS NOT NULL AS conflicting,
    coalesce(other_expansions, []) AS other_expansions, mention_id
FROM expansions
LEFT JOIN conflicts ON conflicts.acronym = expansions.acronym AND conflicts.expansion_key = expansions.expansion_key
ORDER BY expansions.acronym, first_told_on, expansions.expansion;
