"""The reviewed source files of the catalogue, loaded again and again."""
