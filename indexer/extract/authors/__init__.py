"""Who wrote a post."""
