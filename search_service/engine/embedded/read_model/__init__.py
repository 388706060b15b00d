"""The read model: what Whoosh's segments say, laid out as arrays that NumPy answers queries from.

Whoosh stays the index of record. Its searcher calls Python for every posting; here a query is a few vectorised
operations on memory-mapped arrays. A generation holds one segment, or two: the main one of the last full build and
the delta of everything that came since. `stored.layout` says what the arrays are.

In the order in which a query meets them: `searcher` is the way in; `planning` says which words count and what each
may stand for; `matching` finds the documents and `scoring` scores them, on the arrays in `stored`; `results` are what
is shown. `suggesting` answers while somebody types. `writing` makes the files, and `weights` has every constant of the
ranking.
"""
