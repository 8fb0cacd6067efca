"""What a job takes and what an access mode gives, each in its own unit."""
