"""Plans: every way to the compute hours of a project, side by side."""
