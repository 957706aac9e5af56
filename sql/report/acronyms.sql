-- Which acronyms are said to stand for different things, and by whom? The first mention of each.
SELECT acronyms.acronym, acronyms.expansion, acronyms.documents, acronyms.first_told_on, documents.title, documents.publisher,
    acronym_mentions.evidence, (SELECT count(DISTINCT acronym) FROM acronyms WHERE conflicting) AS acronyms
FROM acronyms
JOIN acronym_mentions ON acronym_mentions.mention_id = acronyms.mention_id
JOIN documents ON documents.doc_id = acronym_mentions.doc_id
WHERE acronyms.conflicting
QUALIFY dense_rank() OVER (ORDER BY acronyms.acronym) <= $conflicts
ORDER BY acronyms.acronym, acronyms.documents DESC, acronyms.expansion;
