"""What an offer is and how it may change. No framework, no input or output."""
