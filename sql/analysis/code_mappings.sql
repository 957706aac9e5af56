-- Codes of international schemes for the codes of commodities, modes and modalities, the main target first.
SELECT
    mapping.vocabulary,
    mapping.code,
    mapping.scheme,
    row_number() OVER (PARTITION BY mapping.vocabulary, mapping.code, mapping.scheme ORDER BY mapping.line)::INTEGER AS rank,
    nullif(mapping.target, '') AS target,
    target.label AS target_label,
    nullif(mapping.exactness, '') AS exactness,
    nullif(mapping.note, '') AS note
FROM reference_code_mappings AS mapping
LEFT JOIN reference_code_schemes AS target ON target.scheme = mapping.scheme AND target.code = mapping.target
ORDER BY mapping.line
