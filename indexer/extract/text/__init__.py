"""The text of a post, without what stands around it."""
