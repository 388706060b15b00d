"""Documents and their postings -> the file of a segment."""
