-- Which acronyms stand for one thing in some texts and for another in others, how many texts say so, and which said it first?
SELECT acronyms.acronym, acronyms.expansion, acronyms.has_its_letters, acronyms.documents, first_text.publisher,
    first_text.published_on, first_mention.evidence
FROM acronyms
JOIN acronym_mentions AS first_mention ON first_mention.mention_id = acronyms.mention_id
JOIN documents AS first_text ON first_text.doc_id = first_mention.doc_id
WHERE acronyms.conflicting
ORDER BY acronyms.acronym, acronyms.expansion;
