"""The words that curators keep: editions, synonyms, and what an edit would change."""
