-- Every acronym, and what it is said to stand for, is the text of its document at its offsets, within its evidence.
WITH places AS (
    SELECT mention_id, doc_id, evidence_start, evidence_end, unnest([
        {'part': 'evidence', 'told': evidence, 'part_start': evidence_start, 'part_end': evidence_end},
        {'part': 'acronym', 'told': acronym, 'part_start': acronym_start, 'part_end': acronym_end},
        {'part': 'expansion', 'told': expansion, 'part_start': expansion_start, 'part_end': expansion_end}
    ], recursive := true)
    FROM acronym_mentions
),

found AS (
    SELECT places.*, substring(documents.text, part_start + 1, part_end - part_start) AS found
    FROM places
    LEFT JOIN documents ON documents.doc_id = places.doc_id
)

SELECT * FROM found
WHERE found IS DISTINCT FROM told OR part_start >= part_end OR part_start < evidence_start OR part_end > evidence_end;
