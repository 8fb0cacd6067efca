"""Figures about the catalogue for staff and funders."""
