"""The sections of the page, one a module: each asks its questions and gives what its template shows."""
