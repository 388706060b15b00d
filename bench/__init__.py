"""Measures Postseek beside other engines, on a blog and a query log that it makes itself. `python -m bench --help`."""
