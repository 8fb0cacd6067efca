"""What everybody may read of the catalogue: home, search, offers, organisations, kinds."""
