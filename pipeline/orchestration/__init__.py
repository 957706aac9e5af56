"""Dagster: one concept a module. Extraction logic does not belong here."""
