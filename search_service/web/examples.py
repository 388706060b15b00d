"""Answers as the API's description shows them, of the types that the handlers give."""

from __future__ import annotations

import datetime as dt

from ..engine.model import Facets, TagCount, YearCount
from ..engine.tags import Tag
from .answers import HitAnswer, IndexAnswer, SearchAnswer, SectionAnswer, SnippetAnswer, TagsAnswer
from .handlers import HealthAnswer, ReadyAnswer
from .reindex import ReindexAnswer, ReindexBody
from .suggestions import SuggestAnswer, SuggestionAnswer

_BUILT = dt.datetime(2026, 11, 22, 6, 45, 1, tzinfo=dt.UTC)
_INDEX = IndexAnswer("20261122T064501Z", 120, _BUILT)
_TAG = Tag("back-pain", "Back Pain")
_COUNT = TagCount("back-pain", "Back Pain", 9)
_ADDRESS = "https://blog.example/lower-back"

SEARCH = SearchAnswer(
    q="lower back",
    total=12,
    relation="eq",
    page=1,
    per_page=10,
    took_ms=0.9,
    hits=(
        HitAnswer(
            url=_ADDRESS,
            title="Relief for the lower back",
            date=dt.date(2017, 3, 22),
            tags=(_TAG,),
            author="Kim Lee",
            image=None,
            lang="en",
            score=7.1,
            snippet=SnippetAnswer(
                "A sore lower back wants a walk.",
                ((7, 12), (13, 17)),
                "A sore <mark>lower</mark> <mark>back</mark> wants a walk.",
                SectionAnswer("What helps the back", ((15, 19),), f"{_ADDRESS}#what-helps"),
            ),
            title_marks=((15, 20), (21, 25)),
        ),
    ),
    facets=Facets((_COUNT,), (YearCount(2017, 4),)),
    corrected=None,
    did_you_mean=None,
    dropped=(),
    index=_INDEX,
)
SUGGEST = SuggestAnswer(
    "low", (SuggestionAnswer("Relief for the lower back", _ADDRESS, ((15, 18),), (_TAG,)),), (), _INDEX
)
TAGS = TagsAnswer((_COUNT,), 1, _INDEX)
HEALTH = HealthAnswer("ok")
READY = ReadyAnswer("ready", _INDEX.generation, _INDEX.documents, _BUILT)
REINDEX = ReindexAnswer(1)
REINDEX_BODY = ReindexBody([_ADDRESS])
