"""What programmes ask of applicants, filled as far as the profile and the need go."""
