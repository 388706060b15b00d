"""The addresses of the service, and how each kind of them is treated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What an address is for."""

    API = auto()
    """Answers that pages of the blog may read."""
    PAGE = auto()
    """What people and their browsers look at."""
    MODULE = auto()
    """What any page may load."""
    OPERATION = auto()
    """What operators and their programs ask."""
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """An address by its pattern, such as `/tags/{tag}`: what it names in logs and metrics, without visitors' words."""

    route: str
    kind: Kind
    limited: bool = True
    """Counts against the limit of its client."""
    negotiated: bool = False
    """Comes as HTML too."""


NOWHERE = Place("none", Kind.NONE)

_PLACES = (
    Place("/", Kind.PAGE),
    Place("/search", Kind.API),
    Place("/suggest", Kind.API),
    Place("/tags", Kind.API, negotiated=True),
    Place("/tags/{tag}", Kind.API),
    Place("/recent", Kind.API, negotiated=True),
    Place("/featured", Kind.API, negotiated=True),
    Place("/related", Kind.API, negotiated=True),
    Place("/feed", Kind.API),
    Place("/opensearch.xml", Kind.PAGE),
    Place("/openapi.json", Kind.API),
    Place("/docs", Kind.PAGE),
    Place("/robots.txt", Kind.MODULE, limited=False),
    Place("/postseek.js", Kind.MODULE, limited=False),
    Place("/static/{path}", Kind.MODULE, limited=False),
    Place("/example/{path}", Kind.PAGE),
    Place("/healthz", Kind.OPERATION, limited=False),
    Place("/readyz", Kind.OPERATION, limited=False),
    Place("/metrics", Kind.OPERATION, limited=False),
    Place("/reindex", Kind.OPERATION),
)

PLACES = {place.route: place for place in _PLACES}
_BELOW = (
    ("/tags/", PLACES["/tags/{tag}"]),
    ("/static/", PLACES["/static/{path}"]),
    ("/example/", PLACES["/example/{path}"]),
)


def place_of(path: str) -> Place:
    """The place that a path leads to; `NOWHERE` for none."""
    place = PLACES.get(path)
    if place is not None:
        return place
    return next((place for prefix, place in _BELOW if path.startswith(prefix)), NOWHERE)
