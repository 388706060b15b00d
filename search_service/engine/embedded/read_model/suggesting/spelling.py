"""How far words are from what has been typed of one: edit distances to many words at once."""

from __future__ import annotations

import numpy as np

from ..stored.arrays import Array
from ..stored.titles import LETTERS, letters_of

_FAR = 9
"""More than any distance that is asked for."""


def typed_distances(letters: Array, typed: str, *, at_most: int, whole: bool) -> Array:
    """The distance, u1 [n], of each word of `letters`, u2 [n, LETTERS], from a typed one; beyond `at_most` anything.

    The optimal string alignment distance, in a band around the diagonal, for all words at once. Unless `whole`, the
    typed word may be the beginning of one: what counts is the beginning that is nearest.
    """
    wanted = letters_of([typed])[0]
    size = int(np.count_nonzero(wanted))
    width = 2 * at_most + 1
    # Rows of letters, with a margin: in row i of the table, column b is the word's letter i + b - at_most.
    columns = np.zeros((LETTERS + 2 * width, len(letters)), np.uint16)
    columns[at_most : at_most + LETTERS] = letters.T
    band = np.arange(width) - at_most
    above = np.repeat(np.where(band < 0, _FAR, band).astype(np.uint8)[:, None], len(letters), axis=1)
    before = np.full_like(above, _FAR)
    nothing = np.full((1, len(letters)), _FAR, np.uint8)
    for row in range(size):
        window = columns[row : row + width]
        current = above + (window != wanted[row])
        current = np.minimum(current, np.concatenate([above[1:], nothing]) + np.uint8(1))
        if row:
            swapped = (columns[row - 1 : row - 1 + width] == wanted[row]) & (window == wanted[row - 1])
            current = np.where(swapped, np.minimum(current, before + np.uint8(1)), current)
        for column in range(1, width):
            np.minimum(current[column], current[column - 1] + np.uint8(1), out=current[column])
        before, above = above, current
    if not whole:
        nearest: Array = above.min(0)
        return nearest
    lengths = np.count_nonzero(letters, axis=1)
    distances = np.full(len(letters), _FAR, np.uint8)
    for column in range(width):
        ends = lengths == size + column - at_most
        distances[ends] = above[column, ends]
    return distances
