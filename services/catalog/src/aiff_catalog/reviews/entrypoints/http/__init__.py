"""Submission, the review queue and publication over HTTP."""
