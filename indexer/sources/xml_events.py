"""XML that anybody may have written -> its elements one by one, within bounds.

The parser refuses entity declarations and external entities, and builds no tree: memory is bounded by what the listener
keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

MAX_DEPTH = 100
MAX_ELEMENTS = 2_000_000


class Enough(Exception):
    """Ends the reading early: the rest is of no interest, or beyond a limit (then it says so)."""


class Listener(Protocol):
    """Whoever is told of elements; what it doesn't want to hear it ends by `Enough`."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; `tag` has its namespace in braces before its name."""
        ...

    def data(self, text: str) -> None:
        """A piece of text."""
        ...

    def end(self, tag: str) -> None:
        """An element ends."""
        ...


def read_events(content: bytes, listener: Listener) -> str | None:
    """Tell `listener` of all elements. Why the rest of them couldn't be read, None if they were or it had enough."""
    try:
        parser = DefusedXMLParser(target=_Bounded(listener))
        parser.feed(content)
        parser.close()
    except Enough as exc:
        return str(exc) or None
    except DefusedXmlException as exc:
        return f"it declares entities, which no sitemap or feed needs ({type(exc).__name__})"
    except (ParseError, ValueError, LookupError) as exc:  # unknown encodings are LookupErrors
        return f"not well-formed XML: {exc}"
    return None


class _Bounded:
    """A parser's target (xml.etree.ElementTree.XMLParser) that passes on what is within the bounds."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._elements = self._depth = 0
        self.data = listener.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS:
            raise Enough(f"it has more than {MAX_ELEMENTS:,} elements")
        if self._depth > MAX_DEPTH:
            raise Enough(f"nested more than {MAX_DEPTH} deep")
        self._listener.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._listener.end(tag)

    def close(self) -> Any:
        return None
