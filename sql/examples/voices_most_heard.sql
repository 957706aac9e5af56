-- Whose figures fill the data, and how much of what they say do others confirm or tell differently?
SELECT voice, facts, corroborated, conflicting, first_published_on, latest_published_on
FROM voices
ORDER BY facts DESC, voice
LIMIT 20;
