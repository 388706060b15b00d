"""The module at `/postseek.js`: small, whole, and made of sources that can be joined."""

from __future__ import annotations

import ast
import gzip
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import search_service.web
from search_service.web.script import joined
from search_service.web.texts import shared

STATIC = Path(search_service.web.__file__).parent / "static"
SOURCES = sorted((STATIC / "elements").glob("*.js"))
LANGUAGES = sorted((STATIC / "languages").glob("*.js"))
MOST_BYTES = 15_000


def test_with_any_language_the_module_is_under_fifteen_kilobytes_compressed(blog: TestClient) -> None:
    response = blog.get("/postseek.js", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    language = max(len(gzip.compress(path.read_bytes())) for path in LANGUAGES)
    assert int(response.headers["content-length"]) + language < MOST_BYTES
    assert gzip.compress(response.content, 9, mtime=0) == gzip.compress(
        joined(STATIC / "postseek.js").encode(), 9, mtime=0
    )


def test_the_module_comes_plain_to_those_who_want_it_plain_and_not_at_all_to_those_who_have_it(
    blog: TestClient,
) -> None:
    plain = blog.get("/postseek.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["content-type"].startswith("text/javascript")
    assert plain.headers["access-control-allow-origin"] == "*"
    for kept in (plain.headers["etag"], '"other", ' + plain.headers["etag"].removeprefix("W/")):
        again = blog.get("/postseek.js", headers={"If-None-Match": kept})
        assert again.status_code == 304
        assert again.content == b""


def test_every_source_is_in_the_module_once(blog: TestClient) -> None:
    module = blog.get("/postseek.js").text
    assert "import {" not in module
    assert "export " not in module
    for path in SOURCES:
        names = re.findall(r"^export (?:async )?(?:class|const|function) (\w+)", path.read_text("utf-8"), re.MULTILINE)
        assert names
        for name in names:
            assert len(re.findall(rf"^(?:async )?(?:class|const|function) {name}\b", module, re.MULTILINE)) == 1


def test_names_at_the_top_level_are_unique_so_that_sources_can_be_joined() -> None:
    names = [
        name
        for path in SOURCES
        for name in re.findall(
            r"^(?:export )?(?:async )?(?:class|const|let|function) (\w+)", path.read_text("utf-8"), re.MULTILINE
        )
    ]
    assert len(names) > 20
    assert sorted(names) == sorted(set(names))


def test_what_a_module_needs_comes_before_it(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text(
        '/** One. */\n\nimport { two } from "./two.js";\n\nexport const one = two; // kept\n'
    )
    (tmp_path / "two.js").write_text("/**\n * Two.\n */\n\n// Why.\nexport const two = `\n  a // b\n`;\n")
    (tmp_path / "entry.js").write_text(
        'import { one } from "./one.js";\nimport { two } from "./two.js";\n\nuse(one, two);\n'
    )
    assert joined(tmp_path / "entry.js") == "const two = `\na // b\n`;\nconst one = two; // kept\nuse(one, two);\n"


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_a_language_says_all_that_english_says(path: Path) -> None:
    english, spoken = shared("en"), shared(path.stem)
    counted = re.compile(r"-(zero|one|two|few|many|other)$")

    def keys(table: dict[str, str]) -> set[str]:
        return {counted.sub("", key) for key in table}

    assert keys(spoken) == keys(english)
    assert {f"{counted.sub('', key)}-other" for key in english if counted.search(key)} <= set(spoken)
    for key, text in spoken.items():
        same = english.get(key) or english[f"{counted.sub('', key)}-other"]
        placeholders = set(re.findall(r"\{\w+\}", same))
        assert placeholders - {"{n}"} <= set(re.findall(r"\{\w+\}", text)) <= placeholders, key


def test_every_language_is_known_to_the_elements() -> None:
    known = re.search(r"\[(\"ar\"[^\]]*)\]", (STATIC / "elements/texts.js").read_text("utf-8"))
    assert known is not None
    assert set(ast.literal_eval(f"[{known[1]}]")) == {path.stem for path in LANGUAGES}


def test_no_source_makes_markup_of_text() -> None:
    for path in [STATIC / "postseek.js", *SOURCES, *LANGUAGES]:
        source = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|\.style\b", source
        )
