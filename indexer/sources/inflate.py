"""Decompression with a limit: ten megabytes of gzip can hold ten gigabytes of nothing."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

GZIP_MAGIC = b"\x1f\x8b"
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class TooLarge(ValueError):
    """More than the limit came out. What came out up to the limit is `beginning`."""

    def __init__(self, limit: int, beginning: bytes) -> None:
        super().__init__(f"larger than {limit:,} bytes")
        self.beginning = beginning


def joined(chunks: Iterable[bytes], *, limit: int) -> bytes:
    """The chunks in one piece, reading no further than `limit`. TooLarge beyond it."""
    content = bytearray()
    for chunk in chunks:
        content += chunk[: limit + 1 - len(content)]
        if len(content) > limit:
            raise TooLarge(limit, bytes(content[:limit]))
    return bytes(content)


def inflated(chunks: Iterable[bytes], *, limit: int) -> bytes:
    """What gzip or zlib data decompresses to, holding no more than `limit` at any moment.

    TooLarge beyond the limit, ValueError where the data is damaged or ends early.
    """
    content = bytearray()
    inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                content += inflate.decompress(rest, limit + 1 - len(content))
                if len(content) > limit:
                    raise TooLarge(limit, bytes(content[:limit]))
                rest = inflate.unconsumed_tail
                if inflate.eof and inflate.unused_data.startswith(GZIP_MAGIC):
                    rest = inflate.unused_data
                    inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
    except zlib.error as exc:
        raise ValueError(f"damaged compressed data: {exc}") from exc
    if not inflate.eof:
        raise ValueError("compressed data that ends early")
    return bytes(content)
