"""Nomenclatures that others keep: activities and legal forms."""
