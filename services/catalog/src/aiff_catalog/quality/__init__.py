"""What is wrong with listings: checks, dead links, duplicates, the work list of curators."""
