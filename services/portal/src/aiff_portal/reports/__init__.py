"""What readers say is wrong with an offer, sent on to the curators."""
