"""What every page has: its language, its layout, its style."""
