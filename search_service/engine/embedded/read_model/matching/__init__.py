"""Which documents a query finds, and which of them come first."""
