"""The read model: what Whoosh's segments say, laid out as arrays that NumPy answers queries from.

Whoosh stays the index of record. Its searcher calls Python for every posting; here a query is a few vectorised
operations on memory-mapped arrays. A generation holds one segment, or two: the main one of the last full build and
the delta of everything that came since. `layout` says what the arrays are.
"""
