"""The tags of a post, and its categories apart."""
