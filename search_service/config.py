"""What is set, and where: the values that settings have.

Precedence: flags > `POSTSEEK_*` environment > `postseek.toml` > defaults. Unknown keys and impossible values are
ConfigErrors that name the place and the remedy. In the environment lists and tables are written as JSON.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from .engine.errors import ConfigError
from .settings import SETTINGS, Config
from .toml import toml_value

FILE = "postseek.toml"
PREFIX = "POSTSEEK_"

# Kubernetes tells every container where the services of its namespace are. One that is called `postseek` gives
# POSTSEEK_PORT=tcp://10.0.0.1:8000, POSTSEEK_SERVICE_HOST and the like, one called `postseek-web` the same with
# POSTSEEK_WEB_ before it. None of them are settings of ours.
_SERVICE_LINK = re.compile(r"(\w+_)?(SERVICE_(HOST|PORT)\w*|PORT_\d+_(TCP|UDP|SCTP)\w*)")
_SERVICE_ADDRESS = re.compile(r"(tcp|udp|sctp)://")

RUN_FOLDER = PREFIX + "RUN_FOLDER"
"""Where the worker processes of a service meet: set by the service, no setting."""
_NO_SETTINGS = frozenset({"CONFIG", "RUN_FOLDER"})

_KINDS = {
    "array": "a list",
    "object": "a table",
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date",
}
"""What msgspec calls kinds of values, in an operator's words."""

_SWITCH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def load_config(
    *,
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Config:
    """The settings in force. Flags that are None were not given; `file` defaults to ./postseek.toml if it exists."""
    environment = os.environ if environment is None else environment
    named = file or (Path(in_environment) if (in_environment := environment.get(PREFIX + "CONFIG")) else None)
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
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))  # editors on Windows begin a file with a BOM
    except OSError as exc:
        raise ConfigError(f"{path} can't be read: {exc.strerror}") from exc
    except RecursionError as exc:
        raise ConfigError(f"{path} is nested too deeply") from exc
    except ValueError as exc:  # also of bytes that are no UTF-8, and of numbers with thousands of digits
        raise ConfigError(f"{path} is not valid TOML: {exc}") from exc


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    named = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    return {
        name.lower(): value
        for name, value in named.items()
        if name not in _NO_SETTINGS
        and not _SERVICE_LINK.fullmatch(name)
        and not (name.endswith("PORT") and _SERVICE_ADDRESS.match(value))
    }


def _with(config: Config, values: Mapping[str, object], *, place: str, prefix: str = "") -> Config:
    changes: dict[str, Any] = {}
    for name, value in values.items():
        if name not in SETTINGS:
            near = difflib.get_close_matches(name, SETTINGS, n=1)
            hint = f"; did you mean {_spelt(near[0], prefix)}?" if near else ""
            raise ConfigError(f"{place}: there is no setting {_spelt(name, prefix)}{hint}")
        changes[name] = _converted(name, value, place=f"{place}: {_spelt(name, prefix)}", as_json=bool(prefix))
    return replace(config, **changes)


def _spelt(name: str, prefix: str) -> str:
    return prefix + name.upper() if prefix else name


def _converted(name: str, value: object, *, place: str, as_json: bool) -> object:
    converted = _of_its_type(name, value, place=place, as_json=as_json)
    check = SETTINGS[name].metadata.get("check")
    flaw = check(converted) if check else None
    if flaw:
        raise ConfigError(f"{place} {flaw}")
    return converted


def _of_its_type(name: str, value: object, *, place: str, as_json: bool) -> object:
    setting = SETTINGS[name]
    if "kind" in setting.metadata:
        return _structured(name, value, place=place, as_json=as_json)
    if isinstance(setting.default, Path):
        return _path(value, place=place, like=setting.default)
    if isinstance(setting.default, str):
        return _text(value, place=place, like=setting.metadata["like"])
    if isinstance(setting.default, bool):
        return _switch(value, place=place)
    return _whole_number(value, setting.metadata["least"], setting.metadata["most"], place=place)


def _text(value: object, *, place: str, like: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(
            f"{place} must be text in quotation marks" + (f", such as {toml_value(like)}" if like else "")
        )
    return value


def _path(value: object, *, place: str, like: Path) -> Path:
    """A path; `~` is the home folder, as it is for shells, which never see the file."""
    if not isinstance(value, str | Path) or not str(value) or "\0" in str(value):
        raise ConfigError(f"{place} must be a path, such as {toml_value(like)}")
    try:
        return Path(value).expanduser()
    except RuntimeError as exc:
        raise ConfigError(f"{place} can't be {str(value)!r}: {exc}") from exc


def _structured(name: str, value: object, *, place: str, as_json: bool) -> object:
    """A list or table; in the environment it is JSON, a plain list of words may have commas between."""
    kind, like = SETTINGS[name].metadata["kind"], SETTINGS[name].metadata["like"]
    try:
        if isinstance(value, str):
            if kind == tuple[str, ...] and not value.lstrip().startswith("["):
                return tuple(item.strip() for item in value.split(",") if item.strip())
            value = msgspec.json.decode(value)
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as exc:
        said = re.sub(r"`(\w+)`", lambda found: _KINDS.get(found[1], found[0]), str(exc))
        flaw = said[:1].lower() + said[1:].replace("`$", f"`{name}")
    except (msgspec.DecodeError, RecursionError, UnicodeError) as exc:
        flaw = f"it is not valid JSON: {exc}" if as_json else "expected a list, got text"
    example = msgspec.json.encode(like).decode() if as_json else toml_value(like)
    raise ConfigError(f"{place} must be like {example}: {flaw}")


def _switch(value: object, *, place: str) -> bool:
    switched = value if isinstance(value, bool) else _SWITCH.get(value.lower()) if isinstance(value, str) else None
    if switched is None:
        raise ConfigError(f"{place} must be true or false, not {_shown(value)}")
    return switched


def _whole_number(value: object, least: int, most: int, *, place: str) -> int:
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise ConfigError(f"{place} must be a whole number from {least} to {most}, not {_shown(value)}")
    return number


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, str) else str(value)
