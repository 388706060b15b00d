"""One table of request parameters: `given` reads by it, the API's description is made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..engine.model import MAX_DEPTH, Sort
from ..engine.urls import MAX_URL

MAX_TAGS = 50
"""Tags that `tag` or `not_tag` may name in all."""
MAX_TAGS_LENGTH = 2000
"""Characters of them in all: every link of a page of results holds them."""

_PERIOD = r"^(\d{4}(-\d{1,2}(-\d{1,2})?)?)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of the query string: what it does and which values it may have. An empty one counts as not given."""

    name: str
    help: str
    examples: tuple[str, ...] = ()
    required: bool = False
    repeatable: bool = False
    choices: tuple[str, ...] = ()
    longest: int | None = None
    pattern: str | None = None
    least: int | None = None
    most: int | None = None
    default: str | int | None = None

    @property
    def schema(self) -> Mapping[str, object]:
        """What JSON Schema says of it."""
        of_one = {
            "type": "string" if self.least is None else "integer",
            "enum": self.choices,
            "maxLength": self.longest,
            "pattern": self.pattern,
            "minimum": self.least,
            "maximum": self.most,
            "default": self.default,
        }
        given = {name: value for name, value in of_one.items() if value not in (None, ())}
        return {"type": "array", "items": given} if self.repeatable else given


_TABLE = (
    Parameter(
        name="q",
        help='What the visitor typed: words, `"a phrase"`, `-word`, `tag:yoga`, `author:kim`, `before:2018`,'
        " `after:2016-05`. Never an error; 1,000 characters count.",
        examples=("back pain", '"foam roller" -knee'),
    ),
    Parameter(
        name="tag",
        help=f"Only posts with this tag, in any spelling; repeat it for AND, commas for OR. At most {MAX_TAGS} tags.",
        examples=("Back Pain", "yoga,pilates"),
        repeatable=True,
        longest=MAX_TAGS_LENGTH,
    ),
    Parameter(
        name="not_tag",
        help="Only posts without this tag; like `tag`.",
        examples=("announcements",),
        repeatable=True,
        longest=MAX_TAGS_LENGTH,
    ),
    Parameter(
        name="after",
        help="Only posts of this year, month or day and later.",
        examples=("2016", "2016-05", "2016-05-20"),
        pattern=_PERIOD,
    ),
    Parameter(
        name="before", help="Only posts of this year, month or day and earlier.", examples=("2018",), pattern=_PERIOD
    ),
    Parameter(
        name="author", help="Only posts by an author of this name, or part of it.", examples=("kim",), longest=200
    ),
    Parameter(
        name="lang",
        help="Only posts in this language (BCP 47).",
        examples=("en", "pt-BR"),
        pattern=r"^([a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8}){0,4})?$",
    ),
    Parameter(name="sort", help="The order: the best match, the newest or the oldest first.", choices=tuple(Sort)),
    Parameter(name="page", help="Which page of hits, from 1.", least=1, most=MAX_DEPTH, default=1),
    Parameter(
        name="per_page",
        help=f"Hits a page. `page` times `per_page` is at most {MAX_DEPTH}.",
        least=1,
        most=100,
        default=10,
    ),
    Parameter(name="facets", help="Whether to count tags and years over all hits.", choices=("0", "1"), default="1"),
    Parameter(name="limit", help="Entries at most.", least=1, most=20),
    Parameter(
        name="url",
        help="Address of an indexed post.",
        examples=("https://blog.example/lower-back",),
        required=True,
        longest=MAX_URL,
    ),
    Parameter(
        name="format",
        help="HTML to be included in a page, in place of JSON; `Accept: text/html` asks for the same.",
        choices=("json", "html"),
    ),
)

PARAMETERS: Mapping[str, Parameter] = {parameter.name: parameter for parameter in _TABLE}

SEARCH = ("q", "tag", "not_tag", "after", "before", "author", "lang", "sort", "page", "per_page", "facets")
"""The parameters of `/search` and of the search page."""

FEED = tuple(name for name in SEARCH if name != "facets")
LIST = ("sort", "page", "per_page", "facets")
"""The parameters of the posts with a tag."""
RECENT = ("page", "per_page", "facets", "format")
FEATURED = ("format",)
RELATED = ("url", "limit", "format")
TAGS = ("q", "format")
SUGGEST = ("q", "limit")


def described(names: Sequence[str]) -> list[Parameter]:
    """The parameters with these names, in order."""
    return [PARAMETERS[name] for name in names]
