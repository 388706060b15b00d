"""One table of settings; TOML, environment, flags and docs are read off it.

Precedence: flags > `POSTSEEK_*` environment > `postseek.toml` > defaults. Unknown keys and impossible values are
ConfigErrors that name the place and the remedy. In the environment lists and tables are written as JSON.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import msgspec

from .engine.errors import ConfigError

FILE = "postseek.toml"
PREFIX = "POSTSEEK_"

# Kubernetes tells every container where the services of its namespace are. One that is called `postseek` gives
# POSTSEEK_PORT=tcp://10.0.0.1:8000, POSTSEEK_SERVICE_HOST and the like, which are no settings of ours.
_SERVICE_LINK = re.compile(r"SERVICE_(HOST|PORT)\w*|PORT_\d+_(TCP|UDP)\w*")
_SERVICE_ADDRESS = re.compile(r"(tcp|udp)://")


class Pin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Posts that come first, in this order, when this is what was searched for."""

    query: str
    urls: tuple[str, ...]


class SiteRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
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


def _setting(default: Any, help_text: str, *, least: int | None = None, most: int | None = None) -> Any:
    return field(default=default, metadata={"help": help_text, "least": least, "most": most})


def _structure(kind: Any, help_text: str) -> Any:
    return field(default=(), metadata={"help": help_text, "kind": kind})


def _secret(help_text: str) -> Any:
    return field(default="", metadata={"help": help_text, "least": None, "most": None, "secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting with its default. Field names are the TOML keys and, in capitals, the environment's."""

    index: Path = _setting(Path(".postseek/index"), "Folder that holds the index.")
    host: str = _setting("127.0.0.1", "Address that the service binds to.")
    port: int = _setting(8000, "Port that the service listens on.", least=0, most=65535)
    workers: int = _setting(1, "Processes that serve.", least=1, most=64)
    site_name: str = _setting("", "Name of the blog, shown on the search page.")
    public_url: str = _setting("", "Address at which visitors reach the service, if not the one of their request.")
    allow_origins: tuple[str, ...] = _structure(
        tuple[str, ...], "Origins whose pages may call the API, beside those of the indexed posts; * for all."
    )
    trusted_proxies: tuple[str, ...] = _structure(
        tuple[str, ...], "Addresses or networks of proxies whose X-Forwarded-For is believed."
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
    featured: tuple[str, ...] = _structure(tuple[str, ...], "Addresses of the featured posts, in order.")
    synonyms: tuple[tuple[str, ...], ...] = _structure(
        tuple[tuple[str, ...], ...], "Groups of words that mean the same."
    )
    pins: tuple[Pin, ...] = _structure(tuple[Pin, ...], "Posts that come first for what is searched for.")
    sites: tuple[SiteRules, ...] = _structure(tuple[SiteRules, ...], "How the pages of single sites are read.")
    index_workers: int = _setting(0, "Processes that read pages while indexing; 0: one a core.", least=0, most=64)
    page_seconds: int = _setting(20, "Seconds that one page may take before it is given up.", least=1, most=600)
    max_lost_share: int = _setting(
        30, "Per cent of the posts that a new build may lose before it is refused.", least=0, most=100
    )
    max_failed_share: int = _setting(
        20, "Per cent of the pages that may fail before a build is refused.", least=0, most=100
    )
    log_level: str = _setting("info", "Least severe messages that are logged: debug, info, warning or error.")


SETTINGS = {setting.name: setting for setting in fields(Config)}
_LOG_LEVELS = ("debug", "info", "warning", "error")
_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def load_config(
    *,
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Config:
    """The settings in force. Flags that are None were not given; `file` defaults to ./postseek.toml if it exists."""
    environment = os.environ if environment is None else environment
    named = file or (Path(environment[PREFIX + "CONFIG"]) if PREFIX + "CONFIG" in environment else None)
    path = named or Path(FILE)
    config = Config()
    if named is not None or path.exists():
        config = _with(config, _read_toml(path), place=str(path))
    config = _with(config, _from_environment(environment), place="the environment", prefix=PREFIX)
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return _with(config, given, place="the command line")


def to_environment(config: Config) -> dict[str, str]:
    """The environment that makes `load_config` in another process give the same settings."""
    return {PREFIX + name.upper(): _as_text(getattr(config, name)) for name in SETTINGS}


def _as_text(value: object) -> str:
    return msgspec.json.encode(value).decode() if isinstance(value, tuple) else str(value)


def _read_toml(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as exc:
        raise ConfigError(f"{path} can't be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path} is not valid TOML: {exc}") from exc


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    named = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    return {
        name.lower(): value
        for name, value in named.items()
        if name != "CONFIG"
        and not _SERVICE_LINK.fullmatch(name)
        and not (name == "PORT" and _SERVICE_ADDRESS.match(value))
    }


def _with(config: Config, values: Mapping[str, object], *, place: str, prefix: str = "") -> Config:
    changes: dict[str, Any] = {}
    for name, value in values.items():
        if name not in SETTINGS:
            near = difflib.get_close_matches(name, SETTINGS, n=1)
            hint = f"; did you mean {_spelt(near[0], prefix)}?" if near else ""
            raise ConfigError(f"{place}: there is no setting {_spelt(name, prefix)}{hint}")
        changes[name] = _converted(name, value, place=f"{place}: {_spelt(name, prefix)}")
    return replace(config, **changes)


def _spelt(name: str, prefix: str) -> str:
    return prefix + name.upper() if prefix else name


def _converted(name: str, value: object, *, place: str) -> object:
    setting = SETTINGS[name]
    if "kind" in setting.metadata:
        return _structured(value, setting.metadata["kind"], place=place)
    if isinstance(setting.default, Path):
        if isinstance(value, str | Path) and str(value):
            return Path(value)
        raise ConfigError(f"{place} must be a path")
    if isinstance(setting.default, str):
        if not isinstance(value, str):
            raise ConfigError(f"{place} must be text")
        if name == "log_level" and value not in _LOG_LEVELS:
            raise ConfigError(f"{place} must be one of {', '.join(_LOG_LEVELS)}, not {value!r}")
        return value
    if isinstance(setting.default, bool):
        return _switch(value, place=place)
    return _whole_number(value, setting.metadata["least"], setting.metadata["most"], place=place)


def _structured(value: object, kind: Any, *, place: str) -> object:
    """A list or table; in the environment it is JSON, a plain list of words may have commas between."""
    try:
        if not isinstance(value, str):
            return msgspec.convert(value, kind)
        if kind == tuple[str, ...] and not value.lstrip().startswith("["):
            return tuple(item.strip() for item in value.split(",") if item.strip())
        return msgspec.json.decode(value, type=kind)
    except (msgspec.ValidationError, msgspec.DecodeError) as exc:
        raise ConfigError(f"{place} can't be read: {exc}") from exc


def _switch(value: object, *, place: str) -> bool:
    switched = value if isinstance(value, bool) else _SWITCH.get(value.lower()) if isinstance(value, str) else None
    if switched is None:
        raise ConfigError(f"{place} must be true or false, not {value!r}")
    return switched


def _whole_number(value: object, least: int, most: int, *, place: str) -> int:
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise ConfigError(f"{place} must be a whole number from {least} to {most}, not {value!r}")
    return number
