"""What a segment holds: arrays on a memory map, and the look-ups in them that every query needs."""
