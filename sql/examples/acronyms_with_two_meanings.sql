-- Which acronyms stand for one thing in some texts and for another in others, and which texts say so?
SELECT acronyms.acronym, acronyms.expansion, has_its_letters, publisher, published_on, evidence
FROM acronyms
JOIN acronym_mentions ON acronym_mentions.acronym = acronyms.acronym
    AND list_contains(acronyms.spellings, acronym_mentions.expansion)
JOIN documents ON documents.doc_id = acronym_mentions.doc_id
WHERE conflicting
ORDER BY acronyms.acronym, acronyms.expansion, published_on NULLS LAST, acronym_mentions.mention_id;
