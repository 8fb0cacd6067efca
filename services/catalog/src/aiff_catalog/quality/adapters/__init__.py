"""What was found, in the database; and who asks addresses."""
