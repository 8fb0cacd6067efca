"""Match states, alerts and what is due, in their tables."""
