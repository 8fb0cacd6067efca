"""Whether a reader can have one offer: at most three questions, the verdict with its reasons."""
