"""What a visitor sees and does, in a real browser."""
