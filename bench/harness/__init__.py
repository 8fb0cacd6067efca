"""What the parts measure with: the running product, load, catalogues of any size, and a peer."""
