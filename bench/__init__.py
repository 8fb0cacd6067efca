"""What `make bench` runs: each figure beside its goal, in one run, on embedded engines."""
