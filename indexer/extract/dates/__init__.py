"""When a post was published: dates as people write them, where they stand, and which of them counts."""
