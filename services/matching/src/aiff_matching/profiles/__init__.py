"""Profiles: what a start-up says about itself and its needs, and the facts that follow."""
