"""Letters in the database, as texts, as files and over SMTP."""
