"""The compute estimates beside published facts, and the table that is fitted on a half of them."""
