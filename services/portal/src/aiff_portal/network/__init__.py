"""What there is where and when: the European network on a map, deadlines by month, what is new."""
