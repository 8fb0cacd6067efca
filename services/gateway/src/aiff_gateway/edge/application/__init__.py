"""What is remembered of public answers, and who calls, as the services are told."""
