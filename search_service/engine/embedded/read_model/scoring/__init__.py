"""What documents score, and what they gain beside it."""
