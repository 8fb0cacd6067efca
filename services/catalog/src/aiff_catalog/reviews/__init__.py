"""From a text that is submitted to one that readers see, and out of sight again."""
