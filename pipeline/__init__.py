"""Corridor: raw texts in, grounded claims about trade, freight and agreements out.

The packages follow the way of the data: `sources` -> `documents` -> `language` -> `claims` -> `warehouse`, with
`contract` (the tables) beside them all, and `orchestration` and `cli` in front. Nothing but the release
is exported here, so that importing one layer never loads another.
"""

__version__ = "0.1.0"
