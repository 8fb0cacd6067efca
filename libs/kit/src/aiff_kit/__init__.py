"""Mechanisms that at least two services use. It knows no business noun."""
