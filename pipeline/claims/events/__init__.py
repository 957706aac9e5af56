"""Event claims: openings, shipments, closures, bans."""
