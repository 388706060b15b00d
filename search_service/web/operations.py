"""One table of what can be asked over HTTP: the API's description and its tests are made of it."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from . import examples
from .parameters import FEATURED, FEED, LIST, RECENT, RELATED, SEARCH, SUGGEST, TAGS

JSON = "application/json"
HTML = "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A request: what it does, what it may say and what comes back."""

    path: str
    name: str
    summary: str
    detail: str = ""
    method: str = "get"
    parameters: tuple[str, ...] = ()
    answer: Struct | None = None
    """An example of the answer; None for one that is no JSON."""
    media: tuple[str, ...] = (JSON,)
    status: int = 200
    errors: tuple[int, ...] = ()
    body: Struct | None = None
    """An example of what is sent."""
    revalidated: bool = False
    """The answer has an ETag; 304 says that it is still the same."""
    paged: bool = False
    """The answer has a Link header."""


_LISTS = "The answer has the shape of that of `/search`."
_ASKED = (400, 429, 503)

OPERATIONS = (
    Operation(
        path="/search",
        name="search",
        summary="Find posts for words and filters",
        detail="Without `q` and filters, all posts, the newest first. Marks are half-open ranges of characters"
        " (Unicode code points). `corrected` says which words were answered in place of misspelt ones, `did_you_mean`"
        " proposes another text where a word that few posts hold is probably misspelt, `dropped` says which words"
        " didn't count and why.",
        parameters=SEARCH,
        answer=examples.SEARCH,
        errors=_ASKED,
        revalidated=True,
        paged=True,
    ),
    Operation(
        path="/suggest",
        name="suggest",
        summary="Suggest posts and tags as somebody types",
        parameters=SUGGEST,
        answer=examples.SUGGEST,
        errors=_ASKED,
        revalidated=True,
    ),
    Operation(
        path="/tags",
        name="tags",
        summary="List the tags with their numbers of posts",
        detail="`q` leaves those that hold it.",
        parameters=TAGS,
        answer=examples.TAGS,
        media=(JSON, HTML),
        errors=_ASKED,
        revalidated=True,
    ),
    Operation(
        path="/tags/{tag}",
        name="posts_with_tag",
        summary="List the posts with a tag",
        detail=f"In any spelling of it; empty where no post has it. {_LISTS}",
        parameters=LIST,
        answer=examples.SEARCH,
        errors=(400, 404, 429, 503),
        revalidated=True,
        paged=True,
    ),
    Operation(
        path="/recent",
        name="recent",
        summary="List all posts, the newest first",
        detail=_LISTS,
        parameters=RECENT,
        answer=examples.SEARCH,
        media=(JSON, HTML),
        errors=_ASKED,
        revalidated=True,
        paged=True,
    ),
    Operation(
        path="/featured",
        name="featured",
        summary="List the posts that the blog's owner features",
        detail=f"In the order of the setting `featured`. {_LISTS}",
        parameters=FEATURED,
        answer=examples.SEARCH,
        media=(JSON, HTML),
        errors=_ASKED,
        revalidated=True,
    ),
    Operation(
        path="/related",
        name="related",
        summary="List the posts nearest to one",
        detail=f"404 where no post with that address is indexed. {_LISTS}",
        parameters=RELATED,
        answer=examples.SEARCH,
        media=(JSON, HTML),
        errors=(400, 404, 429, 503),
        revalidated=True,
    ),
    Operation(
        path="/feed",
        name="feed",
        summary="Follow a search as an Atom feed",
        detail="The same words and filters as `/search`, the newest posts first unless `sort` says otherwise.",
        parameters=FEED,
        media=("application/atom+xml",),
        errors=_ASKED,
        revalidated=True,
    ),
    Operation(
        path="/reindex",
        name="reindex",
        method="post",
        summary="Ask for posts to be read again",
        detail="Up to 100 addresses of the indexed blog in at most 64 KB, as JSON or as text/plain with one a line."
        " `postseek watch` reads them. Off (404) unless `reindex_secret` is set; shown by a bearer token, or by"
        " `X-Postseek-Timestamp` (seconds since 1970) and `X-Postseek-Signature`: `sha256=` and the HMAC-SHA256, by the"
        " secret, of timestamp, full stop and body. A signed request is good for five minutes and for one time.",
        answer=examples.REINDEX,
        status=202,
        errors=(400, 401, 404, 408, 409, 413, 429, 503),
        body=examples.REINDEX_BODY,
    ),
    Operation(path="/healthz", name="health", summary="Whether the process is alive", answer=examples.HEALTH),
    Operation(path="/readyz", name="ready", summary="Whether an index is served", answer=examples.READY, errors=(503,)),
    Operation(path="/metrics", name="metrics", summary="Numbers for Prometheus", media=("text/plain",)),
    Operation(path="/openapi.json", name="description", summary="This description", revalidated=True, errors=(429,)),
    Operation(
        path="/opensearch.xml",
        name="browser_search",
        summary="How browsers add this search",
        media=("application/opensearchdescription+xml",),
        revalidated=True,
        errors=(429,),
    ),
)
