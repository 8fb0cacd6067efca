"""What the pages say, independent of how they are shown."""
