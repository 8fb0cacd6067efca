"""What searches need of engines, of the database and of the sentence encoder."""
