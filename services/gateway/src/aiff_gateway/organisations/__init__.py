"""Organisations: who belongs to them, who advises them, and what that lets somebody do."""
