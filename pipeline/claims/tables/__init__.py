"""Claims from tables in plain texts."""
