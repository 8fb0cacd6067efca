"""The copies of vocabularies, and the GPU table that is made of one."""
