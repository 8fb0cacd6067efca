"""Ways in for partners, and for start-ups that let themselves be found."""
