"""The table of settings: their types, defaults, bounds and help. TOML, environment, flags and docs are read off it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import msgspec

from .engine.urls import canonical_url
from .languages import NAMES, spoken

_SHORTEST_SECRET = 16
_HOST = r"(?:[^\s/?#@:\[\]]+|\[[0-9a-f:.]+\])(?::\d{1,5})?"
_ORIGIN = re.compile(rf"https?://{_HOST}", re.IGNORECASE)
_ADDRESS = re.compile(rf"https?://{_HOST}(?:/[^\s?#]*)?", re.IGNORECASE)


class Pin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Posts that come first, in this order, when this is what was searched for."""

    query: str
    urls: tuple[str, ...]


class SiteRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the operator says of one site's pages: the last word on how they are read.

    `posts` and `not_posts` are globs of paths; all others but `address` are CSS selectors, several of them with commas
    between. What is empty is found as on any other site.
    """

    address: str
    posts: tuple[str, ...] = ()
    not_posts: tuple[str, ...] = ()
    title: str = ""
    date: str = ""
    author: str = ""
    body: str = ""
    tags: str = ""
    categories: str = ""
    image: str = ""
    remove: str = ""


def _setting(
    default: Any,
    help_text: str,
    *,
    least: int | None = None,
    most: int | None = None,
    like: Any = None,
    check: Any = None,
) -> Any:
    bounds = {"least": least, "most": most}
    return field(default=default, metadata={"help": help_text, "like": like or default, "check": check} | bounds)


def _structure(kind: Any, help_text: str, *, like: Any, check: Any = None) -> Any:
    return field(default=(), metadata={"help": help_text, "kind": kind, "like": like, "check": check})


def _secret(help_text: str) -> Any:
    return field(
        default="", repr=False, metadata={"help": help_text, "secret": True, "like": "", "check": _long_enough}
    )


def _one_of(*choices: str) -> Any:
    def check(value: str) -> str | None:
        return None if value in choices else f"must be one of {', '.join(choices)}, not {value!r}"

    return check


def _named(host: str) -> str | None:
    return None if host.strip() else "must not be empty; 0.0.0.0 stands for all addresses of this machine"


def _long_enough(secret: str) -> str | None:
    if secret != secret.strip():
        return "must not begin or end with white space, such as the end of a line: no request could carry it"
    if not secret or len(secret) >= _SHORTEST_SECRET:
        return None
    return f"must have at least {_SHORTEST_SECRET} characters; `openssl rand -hex 32` makes good ones"


def _service_address(value: str) -> str | None:
    return None if not value or _ADDRESS.fullmatch(value) else "must be an address such as https://search.example/"


def _spoken(tag: str) -> str | None:
    if not tag or spoken(tag):
        return None
    return f"must be one of {', '.join(NAMES)}, alone or with a region such as pt-BR, not {tag!r}"


def _origins(values: tuple[str, ...]) -> str | None:
    wrong = next((each for each in values if each != "*" and not _ORIGIN.fullmatch(each)), None)
    return wrong and f"must be origins such as https://blog.example, without a path, or *; not {wrong!r}"


def _sites(values: tuple[SiteRules, ...]) -> str | None:
    wrong = next((each.address for each in values if canonical_url(each.address) is None), None)
    return None if wrong is None else f"must have addresses such as https://blog.example/, not {wrong!r}"


def _networks(values: tuple[str, ...]) -> str | None:
    for each in values:
        try:
            ip_network(each)
        except ValueError as exc:
            return f"must be addresses or networks such as 10.0.0.0/8: {exc}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting with its default. Field names are the TOML keys and, in capitals, the environment's."""

    index: Path = _setting(Path(".postseek/index"), "Folder that holds the index.")
    host: str = _setting("127.0.0.1", "Address that the service binds to.", check=_named)
    port: int = _setting(8000, "Port that the service listens on.", least=0, most=65535)
    workers: int = _setting(1, "Processes that serve.", least=1, most=64)
    site_name: str = _setting("", "Name of the blog, shown on the search page.", like="The Example")
    page_lang: str = _setting(
        "", "Language of the search page; without it that of most posts.", like="pt-BR", check=_spoken
    )
    public_url: str = _setting(
        "",
        "Address at which visitors reach the service, if not the one of their request.",
        like="https://search.example/",
        check=_service_address,
    )
    allow_origins: tuple[str, ...] = _structure(
        tuple[str, ...],
        "Origins whose pages may call the API, beside those of the indexed posts; * for all.",
        like=("https://www.blog.example",),
        check=_origins,
    )
    trusted_proxies: tuple[str, ...] = _structure(
        tuple[str, ...],
        "Addresses or networks of proxies whose X-Forwarded-For is believed.",
        like=("127.0.0.1", "10.0.0.0/8"),
        check=_networks,
    )
    rate_limit: int = _setting(
        1200, "Requests that one client may make in a minute; 0: as many as it likes.", least=0, most=1_000_000
    )
    access_log: bool = _setting(True, "Whether each request is logged as a line of JSON.")
    log_queries: bool = _setting(False, "Whether that line holds what was searched for and by whom.")
    reindex_secret: str = _secret("Secret of POST /reindex; without one it is off.")
    watch_seconds: int = _setting(
        300, "Seconds between two looks of `postseek watch` at its sources.", least=10, most=86_400
    )
    recency: int = _setting(
        0, "How much newer posts are preferred, in per cent of a score; 0: not at all.", least=0, most=50
    )
    example: str = _setting("", "Folder of a page that shows the elements, served at /example/.", like="example")
    featured: tuple[str, ...] = _structure(
        tuple[str, ...], "Addresses of the featured posts, in order.", like=("https://blog.example/lower-back",)
    )
    synonyms: tuple[tuple[str, ...], ...] = _structure(
        tuple[tuple[str, ...], ...], "Groups of words that mean the same.", like=(("tea", "chai"),)
    )
    pins: tuple[Pin, ...] = _structure(
        tuple[Pin, ...],
        "Posts that come first for what is searched for.",
        like=(Pin(query="opening hours", urls=("https://blog.example/contact",)),),
    )
    sites: tuple[SiteRules, ...] = _structure(
        tuple[SiteRules, ...],
        "How the pages of single sites are read.",
        like=(SiteRules(address="https://blog.example/", posts=("/20*/*",), title="h1.entry"),),
        check=_sites,
    )
    index_workers: int = _setting(0, "Processes that read pages while indexing; 0: one a core.", least=0, most=64)
    page_seconds: int = _setting(20, "Seconds that one page may take before it is given up.", least=1, most=600)
    max_lost_share: int = _setting(
        30, "Per cent of the posts that a new build may lose before it is refused.", least=0, most=100
    )
    max_failed_share: int = _setting(
        20, "Per cent of the pages that may fail before a build is refused.", least=0, most=100
    )
    log_level: str = _setting(
        "info",
        "Least severe messages that are logged: debug, info, warning or error.",
        check=_one_of("debug", "info", "warning", "error"),
    )


SETTINGS = {setting.name: setting for setting in fields(Config)}
SECRETS = frozenset(name for name, setting in SETTINGS.items() if setting.metadata.get("secret"))
"""Settings whose values are shown to nobody."""
