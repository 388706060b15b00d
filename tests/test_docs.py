"""The documents hold what they say: their commands exist, their settings are possible, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from search_service.cli import main
from search_service.config import load_config

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(document.relative_to(ROOT)) for document in DOCUMENTS]
COMMAND = re.compile(r"^(?:\$ |ExecStart=)(?:\S*/)?postseek (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def commands(document: Path) -> list[str]:
    return [match[1] for match in COMMAND.finditer(document.read_text())]


def test_there_are_commands_to_check() -> None:
    assert sum(len(commands(document)) for document in DOCUMENTS) > 20


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_command_and_option_in_it_exists(document: Path) -> None:
    for line in commands(document):
        name, *arguments = shlex.split(line, comments=True)
        if name in ("--help", "--version", "SUBCOMMAND"):
            continue
        context = click.Context(main)
        command = main.get_command(context, name)
        assert command is not None, f"postseek {line}"
        command.make_context(name, arguments, parent=context)


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_setting_in_it_is_possible(document: Path, tmp_path: Path) -> None:
    for number, text in enumerate(TOML.findall(document.read_text())):
        if "[project]" in text:
            continue
        tomllib.loads(text)
        file = tmp_path / f"{number}.toml"
        file.write_text(text)
        load_config(environment={}, file=file)


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_link_in_it_leads_somewhere(document: Path) -> None:
    missing = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert missing == []
