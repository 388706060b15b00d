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
