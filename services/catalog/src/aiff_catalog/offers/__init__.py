"""The listing: one aggregate for all kinds, its texts, its history, and what readers see of it."""
