"""What a query finds out about a document, in one number that numbers of other documents compare with.

A cell, u4, holds the number of words that a document has in its upper 12 bits and the sum of their impacts in its lower
20: 64 words of at most 16,383 fit. So one comparison finds the documents that have all words.
"""

from __future__ import annotations

import numpy as np

WORD = np.uint32(1 << 20)
"""One word, in the upper bits of a cell."""
SCORE = np.uint32((1 << 20) - 1)
"""The lower bits of a cell."""

# Bits above any number of words; with 32 bits of a document's number below it a cell still is an i8.
BEGUN = WORD << np.uint32(7)
"""The title begins with what was typed, which ends within a word."""
BEGINS = WORD << np.uint32(8)
"""The title begins with the words that were typed."""
TITLE = WORD << np.uint32(9)
"""The title is what was typed."""
PINNED = WORD << np.uint32(10)
"""The owner of the blog wants this post first."""
FIRST = BEGUN | BEGINS | TITLE | PINNED
