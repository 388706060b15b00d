"""Every error that reaches an operator or, but for the service's own refusals of requests, a client.

Each class carries the machine-readable `code` that clients see, the HTTP status that `web` answers with
(None where the error can't reach a request) and the exit status of the command line (sysexits.h where one fits).

    PostseekError
    ├── ConfigError          invalid_config         -    2
    ├── QueryError           invalid_parameter     400   2
    ├── EngineUnavailable    engine_unavailable    503  69
    ├── IndexMissing         index_missing         503  66
    ├── IndexIncompatible    index_incompatible    503  65
    ├── IndexCorrupt         index_corrupt         503  65
    ├── IndexLocked          index_locked           -   75
    ├── GenerationMissing    generation_missing     -   66
    ├── StorageFull          storage_full           -   74
    └── IndexerError
        ├── BuildRejected    build_rejected         -    1
        ├── SourceError      source_unusable        -   66
        ├── FetchError       fetch_failed           -    -   (counted, by URL)
        └── ExtractionError  extraction_failed      -    -   (counted, by URL)
"""

from __future__ import annotations

from typing import ClassVar


class PostseekError(Exception):
    """The root of the tree. The message names the thing that is wrong and the way out."""

    code: ClassVar[str] = "error"
    http_status: ClassVar[int | None] = None
    exit_status: ClassVar[int] = 70


class ConfigError(PostseekError):
    """A setting is unknown or has a value that it can't have, or what it names is closed to this user."""

    code = "invalid_config"
    exit_status = 2


class QueryError(PostseekError):
    """A request parameter is wrong; never the visitor's words, which always parse.

    `parameter` is the parameter's name, for the caller to point at.
    """

    code = "invalid_parameter"
    http_status = 400
    exit_status = 2

    def __init__(self, message: str, *, parameter: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class EngineUnavailable(PostseekError):
    """The engine can't be reached, or the index opened, now; the same request may succeed later."""

    code = "engine_unavailable"
    http_status = 503
    exit_status = 69


class IndexMissing(PostseekError):
    """There is no published index where one was looked for."""

    code = "index_missing"
    http_status = 503
    exit_status = 66


class IndexIncompatible(PostseekError):
    """The index was written by a version whose format or schema this one doesn't read."""

    code = "index_incompatible"
    http_status = 503
    exit_status = 65


class IndexCorrupt(PostseekError):
    """A file of the index is missing, has another size or another checksum than its manifest says."""

    code = "index_corrupt"
    http_status = 503
    exit_status = 65


class IndexLocked(PostseekError):
    """Another process writes the index now; the message names it."""

    code = "index_locked"
    exit_status = 75


class GenerationMissing(PostseekError):
    """There is no generation of that name."""

    code = "generation_missing"
    exit_status = 66


class StorageFull(PostseekError):
    """The disk has no room for another generation; the published one is untouched."""

    code = "storage_full"
    exit_status = 74


class IndexerError(PostseekError):
    """The root of what can go wrong on the way from a page to the index."""

    code = "indexer_error"


class BuildRejected(IndexerError):
    """The safety gate refused to publish a build; the message says which rule and how to force it."""

    code = "build_rejected"
    exit_status = 1


class SourceError(IndexerError):
    """A SOURCE can't be read at all: no such directory, no such host, nothing in it."""

    code = "source_unusable"
    exit_status = 66


class FetchError(IndexerError):
    """One address couldn't be fetched. Counted and named, never fatal to a run.

    `gone` tells that the server said so for good (404, 410): the post has left the site.
    """

    code = "fetch_failed"

    def __init__(self, message: str, *, url: str, gone: bool = False) -> None:
        super().__init__(message)
        self.url = url
        self.gone = gone


class ExtractionError(IndexerError):
    """One page couldn't be read. Counted and named, never fatal to a run."""

    code = "extraction_failed"

    def __init__(self, message: str, *, url: str) -> None:
        super().__init__(message)
        self.url = url
