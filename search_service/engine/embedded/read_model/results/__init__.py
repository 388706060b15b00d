"""What is shown of the hits: cards, excerpts, counts, reasons; and what is near to one of them."""
