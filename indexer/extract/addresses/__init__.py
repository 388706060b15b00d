"""What the addresses of pages and links tell: which are the same, and what their folders are called."""
