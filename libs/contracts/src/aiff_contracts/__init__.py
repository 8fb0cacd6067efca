"""What the services may know of each other: events, the offer's language, rule trees. No I/O."""
