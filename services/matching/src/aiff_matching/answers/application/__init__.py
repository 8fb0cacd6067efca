"""Questions: answered from the catalogue in memory, logged only for stored needs."""
