"""A small multilingual blog in a real index on disk, and the service on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search_service.engine.factory import open_engine
from search_service.engine.model import Section
from search_service.engine.port import Engine
from search_service.settings import Config
from search_service.web.app import create_app

from ..engine.posts import post, publish

POSTS = (
    post(
        "lower-back",
        "Relief for the lower back",
        "What helps\nBack pain is common. Massage helps a sore lower back, and so does a walk.",
        sections=(Section(0, 10, "what-helps"),),
        tags=["Back Pain", "Massage"],
        date=dt.date(2017, 3, 22),
        author="Kim Lee",
        lang="en",
        image="https://blog.example/back.jpg",
    ),
    post(
        "running",
        "Running on easy days",
        "Runners rest as well; a back that aches wants a pause.",
        tags=["#running"],
        date=dt.date(2018, 6, 1),
        author="Robin Park",
        lang="en",
    ),
    post(
        "uebung",
        "Übungen für den Rücken",
        "Die Übung macht den Meister.",
        tags=["Rücken"],
        date=dt.date(2016, 1, 5),
        lang="de",
    ),
    post(
        "tokyo",
        "東京タワーのマッサージ",
        "東京タワーでマッサージを受けました。",
        tags=["マッサージ"],
        date=dt.date(2019, 9, 9),
        lang="ja",
    ),
    post(
        "cpp",
        "Templates in C++ & <friends>",
        "A <b>template</b> is code that writes code.",
        tags=["C++", "AC/DC"],
        lang="en",
    ),
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine without an index."""
    return open_engine(Config(index=tmp_path / "index"))


@pytest.fixture(scope="session")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service on `POSTS`, for tests that change nothing."""
    config = Config(
        index=tmp_path_factory.mktemp("blog") / "index",
        site_name="The Example",
        rate_limit=0,
        access_log=False,
    )
    engine = open_engine(config)
    publish(engine, *POSTS)
    with TestClient(create_app(config, engine)) as client:
        yield client
