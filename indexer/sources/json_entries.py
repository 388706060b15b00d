"""JSON that anybody may have written -> the entries of one of its arrays one by one, within bounds.

Of all entries one at a time is in memory, and what was cut or damaged gives those that stand before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from .xml_events import Enough

MAX_VALUES = 2_000_000
"""Each may take a hundred bytes of memory where it stands in two."""

_BEFORE_VALUES = "[{,"
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def read_entries(content: bytes, name: str, tell: Callable[[object], None]) -> str | None:
    """Tell of every entry of the array that the object in `content` calls `name`; `tell` may raise Enough.

    Why the rest of them couldn't be read, None if they were or that was enough. ValueError where there is no array.
    """
    text = content.decode("utf-8-sig", "replace")
    if sum(map(text.count, _BEFORE_VALUES)) > MAX_VALUES:
        raise ValueError(f"more than {MAX_VALUES:,} values")
    try:
        at = _first_entry(text, name)
    except (IndexError, RecursionError) as exc:
        raise ValueError("no such array") from exc
    try:
        while text[at] != "]":
            entry, at = _value(text, at)
            tell(entry)
            if text[at] != "]":
                at = _behind(text, at, ",")
    except Enough as exc:
        return str(exc) or None
    except RecursionError:
        return "nested too deep"
    except (ValueError, IndexError) as exc:
        return f"not well-formed JSON: {exc}"
    return None


def _first_entry(text: str, name: str) -> int:
    """Where the first entry is, or the array's end. ValueError or IndexError where there is no such array."""
    at = _behind(text, _next(text, 0), "{")
    while True:
        key, at = _value(text, at)
        at = _behind(text, at, ":")
        if key == name:
            return _behind(text, at, "[")
        _, at = _value(text, at)
        at = _behind(text, at, ",")


def _value(text: str, at: int) -> tuple[object, int]:
    """The value at `at`, and where that goes on which follows it."""
    value, end = _DECODER.raw_decode(text, at)
    return value, _next(text, end)


def _behind(text: str, at: int, mark: str) -> int:
    """Where that goes on which follows the `mark` at `at`."""
    if text[at] != mark:
        raise ValueError(f"no {mark} where there should be one")
    return _next(text, at + 1)


def _next(text: str, at: int) -> int:
    """Where the next character is that is no space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at
