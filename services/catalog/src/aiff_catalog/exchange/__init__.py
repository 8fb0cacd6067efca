"""Others take the catalogue along: dumps, the feed of changes, calendars, the sitemap."""
