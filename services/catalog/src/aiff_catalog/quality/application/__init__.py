"""Listings are assessed, addresses are asked, duplicates are found and merged."""
