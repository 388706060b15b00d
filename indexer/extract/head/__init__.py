"""What a page states about itself where readers don't look: its head and its JSON-LD."""
