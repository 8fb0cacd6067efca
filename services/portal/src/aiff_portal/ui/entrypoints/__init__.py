"""Layout and files of the pages."""
