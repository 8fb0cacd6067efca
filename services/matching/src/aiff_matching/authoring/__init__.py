"""Authoring: what is told to those who write rules, before anybody is judged by them."""
