"""The search index on tantivy, a library in the process."""
