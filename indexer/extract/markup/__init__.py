"""Bytes -> a tree that is safe to work on, and where on it the post is."""
