"""The tables that answer questions: made of claims by the statements in `sql/analysis/`, one module a subject.

What a table holds belongs here; how its rows are made is SQL.
"""
