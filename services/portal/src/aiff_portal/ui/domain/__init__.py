"""The reader's language, and the words that stand on every page."""
