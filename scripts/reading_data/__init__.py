"""Makes sentences with their clauses, from a broad grammar and large vocabularies."""
