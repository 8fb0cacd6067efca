"""Journeys: an ordered plan over the stages from discovering to scaling, for one project."""
