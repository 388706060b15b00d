"""Titles and tags for what has been typed so far."""
