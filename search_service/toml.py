"""Settings as TOML, which `config` reads again."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from .settings import SECRETS, SETTINGS, Config


def as_toml(config: Config) -> str:
    """All settings, each below what it means; of secrets only whether they are set."""
    return "\n".join(
        f"# {setting.metadata['help']}\n{_line(name, getattr(config, name))}\n" for name, setting in SETTINGS.items()
    )


def toml_value(value: object) -> str:
    """A value in TOML: text, numbers, truth, lists, and tables in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str | Path):
        return _text(str(value))
    if isinstance(value, tuple):
        entries = [toml_value(entry) for entry in value]
        return f"[{', '.join(entries)}]"
    if isinstance(value, msgspec.Struct):
        named = {field.name: getattr(value, field.name) for field in msgspec.structs.fields(value)}
        usual = {field.name: field.default for field in msgspec.structs.fields(value)}
        given = [f"{name} = {toml_value(each)}" for name, each in named.items() if each != usual[name]]
        return "{" + ", ".join(given) + "}"
    raise TypeError(f"{type(value).__name__} has no form in TOML")


def _line(name: str, value: object) -> str:
    if name in SECRETS:
        return f"# {name} is {'set, and not shown' if value else 'not set'}"
    return f"{name} = {toml_value(value)}"


def _text(text: str) -> str:
    """A basic string: what JSON escapes, TOML reads; DEL is for TOML alone to escape."""
    encodable = text.encode("utf-8", "replace").decode()
    return json.dumps(encodable, ensure_ascii=False).replace("\x7f", "\\u007f")
