"""The tables that readers rely on: each field defined once, everything else derived from that."""
