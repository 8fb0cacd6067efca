"""Finding published offers: words, meaning, filters, suggestions, highlights."""
