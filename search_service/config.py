"""One table of settings; TOML, environment, flags and docs are read off it.

Precedence: flags > `POSTSEEK_*` environment > `postseek.toml` > defaults. Unknown keys and impossible values are
ConfigErrors that name the place and the remedy.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from .engine.errors import ConfigError

FILE = "postseek.toml"
PREFIX = "POSTSEEK_"


def _setting(default: Any, help_text: str, *, least: int | None = None, most: int | None = None) -> Any:
    return field(default=default, metadata={"help": help_text, "least": least, "most": most})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting with its default. Field names are the TOML keys and, in capitals, the environment's."""

    index: Path = _setting(Path(".postseek/index"), "Folder that holds the index.")
    host: str = _setting("127.0.0.1", "Address that the service binds to.")
    port: int = _setting(8000, "Port that the service listens on.", least=0, most=65535)
    workers: int = _setting(1, "Processes that serve.", least=1, most=64)
    site_name: str = _setting("", "Name of the blog, shown on the search page.")
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
    return {PREFIX + name.upper(): str(getattr(config, name)) for name in SETTINGS}


def _read_toml(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as exc:
        raise ConfigError(f"{path} can't be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path} is not valid TOML: {exc}") from exc


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and name != PREFIX + "CONFIG"
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
    return _whole_number(value, setting.metadata["least"], setting.metadata["most"], place=place)


def _whole_number(value: object, least: int, most: int, *, place: str) -> int:
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise ConfigError(f"{place} must be a whole number from {least} to {most}, not {value!r}")
    return number
