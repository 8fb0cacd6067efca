"""What several capabilities need: plain values, tables, errors, and the shape of HTTP answers."""
