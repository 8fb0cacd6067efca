"""Questions to a reader: fields, how they are read, the steps, what goes from page to page."""
