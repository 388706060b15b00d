"""What a query asks of an index: which of its words count, and which terms each may stand for."""
