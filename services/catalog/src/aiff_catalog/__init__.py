"""The catalogue service: what is offered, by whom, since when, and how to find it."""
