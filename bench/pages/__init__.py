"""The pages in a real browser: every one found, judged by rules that others wrote, and shown."""
