"""Blogs of our own writing, each in one file: `in/NAME.txt`, and what is to be read of them: `out/NAME.toml`.

A file begins with a note for people and with `name: value` lines that hold for all pages, `base` among them, the
address of the blog. Then, each below a line that begins with `===`, come its layouts and its pages:

    === layout post in page       markup with $fields; what it gives is the $content of the layout `page`
    === layout tags               a layout that is named like a field: the field is a list, this is one $it of it
    === PATH = post               a page: `name: value` lines, an empty line, its $content
    === PATH = bare               a page without a layout

Paragraphs of a content that do not begin with a tag get a `<p>`. A layout of a list has the `$slug` of its entry, too,
and every page knows its `$path`. `out` has a table for every page, by its path without `index.html`: the fields of the
post, what its text `has` and `has_not`, its `sections` (heading and id, "" for none), or why it is `no_post`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

_HERE = Path(__file__).parent
_SECTION = re.compile(r"^=== (.+)\n", re.MULTILINE)
_FIELD = re.compile(r"([a-z]+):(?: (.*))?")


@dataclass(frozen=True)
class Blog:
    """A golden blog."""

    name: str

    @cached_property
    def base(self) -> str:
        """Its address."""
        return self._fields["base"]

    @cached_property
    def expected(self) -> dict[str, dict[str, Any]]:
        """What is to be read of each page, by its path."""
        return tomllib.loads((_HERE / "out" / f"{self.name}.toml").read_text())

    @cached_property
    def pages(self) -> dict[str, str]:
        """The pages' markup, by the path of the file."""
        return {
            path: self._page(path, layout, text)
            for heading, text in self._sections
            if not heading.startswith("layout ")
            for path, _, layout in [heading.partition(" = ")]
        }

    def write(self, folder: Path) -> None:
        """Publish it as files below `folder`."""
        for path, markup in self.pages.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(markup, encoding="utf-8")

    @cached_property
    def _parts(self) -> list[str]:
        return _SECTION.split((_HERE / "in" / f"{self.name}.txt").read_text(encoding="utf-8"))

    @cached_property
    def _sections(self) -> list[tuple[str, str]]:
        return list(zip(self._parts[1::2], self._parts[2::2], strict=True))

    @cached_property
    def _fields(self) -> dict[str, str]:
        return _read_fields(self._parts[0].partition("\n\nbase: ")[2].join(["base: ", ""]))

    @cached_property
    def _layouts(self) -> dict[str, tuple[str, str]]:
        """The markup and the layout around it, by name."""
        layouts = {}
        for heading, text in self._sections:
            if heading.startswith("layout "):
                name, _, outer = heading.removeprefix("layout ").partition(" in ")
                layouts[name] = (text.rstrip("\n"), outer)
        return layouts

    def _page(self, path: str, layout: str, text: str) -> str:
        if layout == "bare":
            return text
        head, _, content = text.partition("\n\n")
        fields = self._fields | {"path": path.removesuffix("index.html")} | _read_fields(head)
        for name in fields.keys() & self._layouts.keys():
            each = [entry for entry in fields[name].split(", ") if entry]
            fields[name] = " ".join(
                Template(self._layouts[name][0]).substitute(fields, it=entry, slug=_slug(entry)) for entry in each
            )
        content = "\n".join(map(_paragraph, content.strip().split("\n\n")))
        while layout:
            markup, layout = self._layouts[layout]
            content = Template(markup).substitute(fields, content=content)
        return content


BLOGS = tuple(Blog(file.stem) for file in sorted((_HERE / "in").glob("*.txt")))


def _read_fields(text: str) -> dict[str, str]:
    fields = {}
    for line in text.strip().splitlines():
        match = _FIELD.fullmatch(line)
        assert match is not None, f"not a field: {line}"
        fields[match[1]] = match[2] or ""
    return fields


def _paragraph(text: str) -> str:
    return text if not text or text.startswith("<") else f"<p>{text}</p>"


def _slug(label: str) -> str:
    return quote(label.lower().replace(" ", "-"))
