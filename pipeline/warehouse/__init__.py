"""The store of extraction results and the published DuckDB file."""
