"""What a process that reads pages is told, and what it answers: bytes, so that nothing is unpickled that a page made.

Pickle would take as long for a page and its extraction as a third of reading it.
"""

from __future__ import annotations

import msgspec

from .extract.model import Extraction
from .extract.site.model import SiteTemplates
from .sources import Page


class Use(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Read what comes from now on by what was learned of its site. No answer."""

    site: SiteTemplates


class Learn(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Learn from these pages; of what is known of the `site` only what its feeds list counts. One answer."""

    pages: tuple[Page, ...]
    site: SiteTemplates


class Look(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Look on these pages for days beside links: archive pages, of these periods. One answer."""

    pages: tuple[Page, ...]
    periods: tuple[str, ...]


class Read(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Read these pages. An answer for each, in order, as soon as there is one."""

    pages: tuple[Page, ...]


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What was learned, what a page gives, or why there is neither; addresses with the `days` beside links to them."""

    site: SiteTemplates | None = None
    extraction: Extraction | None = None
    why: str = ""
    days: tuple[tuple[str, str], ...] = ()


Request = Use | Learn | Look | Read

encode = msgspec.msgpack.Encoder().encode
_requests = msgspec.msgpack.Decoder(Request)
_answers = msgspec.msgpack.Decoder(Answer)


def request_of(message: bytes) -> Request:
    """The request that was encoded."""
    request: Request = _requests.decode(message)
    return request


def answer_of(message: bytes) -> Answer:
    """The answer that was encoded."""
    return _answers.decode(message)
