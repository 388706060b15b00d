"""From documents, in any order, to sorted postings: what both Whoosh's segment and the read model are made of.

    collection   documents in, one by one; they and their tokens wait on disk
    ordered      the documents in their final order, with the terms sorted
    inversion    the postings of one range of terms after the other

Memory holds the vocabulary and some numbers a document, however many documents there are.
"""
