"""Files and workbooks, read row by row, and imports in the database."""
