"""Equality of addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.urls import MAX_URL, canonical_url, origin


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://Blog.Example/Post", "https://blog.example/Post"),
        ("HTTPS://blog.example", "https://blog.example/"),
        ("https://blog.example:443/a", "https://blog.example/a"),
        ("http://blog.example:80/a", "http://blog.example/a"),
        ("http://blog.example:8080/a", "http://blog.example:8080/a"),
        ("http://blog.example:/a", "http://blog.example/a"),
        ("https://blog.example./a", "https://blog.example/a"),
        ("https://kim:secret@blog.example/a", "https://blog.example/a"),
        ("https://blog.example/a#comments", "https://blog.example/a"),
        ("  https://blog.example/a\n", "https://blog.example/a"),
        ("https://blog.example/a\tb", "https://blog.example/ab"),
        ("https://blog.example/a b", "https://blog.example/a%20b"),
        ("https://blog.example/%7Ekim/%c3%a9", "https://blog.example/~kim/%C3%A9"),
        ("https://blog.example/é", "https://blog.example/%C3%A9"),
        ("https://blog.example/a%2Fb", "https://blog.example/a%2Fb"),
        ("https://blog.example/100%", "https://blog.example/100%25"),
        ("https://blog.example/100%25", "https://blog.example/100%25"),
        ("https://blog.example/%41", "https://blog.example/A"),
        ("https://blog.example/a/index.html", "https://blog.example/a/"),
        ("https://blog.example/INDEX.HTM", "https://blog.example/"),
        ("https://blog.example/a/index.html?p=1", "https://blog.example/a/?p=1"),
        ("https://blog.example/my-index.html", "https://blog.example/my-index.html"),
        ("https://blog.example/a/../b/./c", "https://blog.example/b/c"),
        ("https://blog.example/../../a/..", "https://blog.example/"),
        ("https://blog.example/a//b", "https://blog.example/a//b"),
        ("https://blog.example/a?utm_source=x&fbclid=y", "https://blog.example/a"),
        ("https://blog.example/a?p=1&utm%5Fsource=x&q=", "https://blog.example/a?p=1&q="),
        ("https://blog.example/a?b=2&a=1", "https://blog.example/a?b=2&a=1"),
        ("https://blog.example/a?", "https://blog.example/a"),
        ("https://blog.example/a?q=%22x%22+y", "https://blog.example/a?q=%22x%22+y"),
        ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
        ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://blog.example/\ud800", "https://blog.example/%3F"),
    ],
)
def test_an_address_has_one_spelling(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical


@pytest.mark.parametrize("path", ["a", "a/", "A", "a%2F"])
def test_what_servers_tell_apart_stays_apart(path: str) -> None:
    assert canonical_url(f"https://blog.example/{path}") == f"https://blog.example/{path}"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/a",
        "blog.example/a",
        "mailto:kim@blog.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://blog.example/a",
        "https://",
        "https:///a",
        "http://[::1/a",
        "http://a:b/",
        "http://a:99999/",
        "http://a b/",
        "http://<script>/",
        f"https://{'a' * 70}.example/",
        "https://a..b/",
        "https://blog.example/" + "a" * MAX_URL,
        "\x00",
        "//",
        pytest.param("https://" + "é." * 1_000_000 + "example/", id="a host without end"),
    ],
)
def test_what_is_no_address_of_a_page_is_none(address: str) -> None:
    assert canonical_url(address) is None


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("next", "https://blog.example/posts/next"),
        ("../about", "https://blog.example/about"),
        ("/a/index.html", "https://blog.example/a/"),
        ("?page=2", "https://blog.example/posts/first?page=2"),
        ("#top", "https://blog.example/posts/first"),
        ("", "https://blog.example/posts/first"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example/x", "http://other.example/x"),
        ("mailto:kim@blog.example", None),
    ],
)
def test_an_address_may_be_relative_to_its_page(address: str, canonical: str | None) -> None:
    assert canonical_url(address, base="https://blog.example/posts/first") == canonical


def test_an_impossible_base_gives_no_address() -> None:
    assert canonical_url("a", base="http://[") is None
    assert canonical_url("a", base="nothing") is None


def addresses() -> st.SearchStrategy[str]:
    pieces = st.sampled_from(
        [
            "http://",
            "https://",
            "a",
            "b.example",
            "é",
            "/",
            "//",
            "..",
            ".",
            "?",
            "&",
            "=",
            "#",
            "%",
            "%2",
            "%5F",
            "%2e",
            "@",
            ":",
            "utm_",
            "utm%5Fx",
            "share",
            "index.html",
            "index%2Ehtml",
            "80",
            ":443",
            "[",
            "]",
            "::1",
            " ",
            "\t",
            "\\",
            ";",
            "。",
            "ß",
            "İ",
        ]
    )
    mixed = st.lists(pieces, max_size=12).map("".join)
    return st.one_of(
        mixed.map("https://blog.example/".__add__), mixed.map("http://".__add__), mixed, st.text(st.characters())
    )


@given(addresses(), st.sampled_from(["", "https://blog.example/a/b?c"]))
def test_the_canonical_spelling_is_its_own_and_holds_nothing_but_the_characters_of_urls(
    address: str, base: str
) -> None:
    canonical = canonical_url(address, base=base)
    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert re.fullmatch(r"https?://(\[[0-9a-z:.%]+\]|[a-z0-9_.-]+)(:\d+)?/[!-~]*", canonical)
        assert len(canonical) <= MAX_URL
        assert canonical.startswith(origin(canonical) + "/")


def test_the_origin_is_scheme_host_and_port() -> None:
    assert origin("https://blog.example:8443/a/b?c") == "https://blog.example:8443"


_STEPS = st.lists(
    st.sampled_from(
        ["a", "B.c", "index.html", "Index.", ".", "..", ".well-known", "~kim", "%C3%A9", "%7e", "a;b", "", "=@,:'"]
    )
)


@given(host=st.sampled_from(["blog.example", "a-b.c_d", "x" * 63, "x" * 64, "a..b", "[::1]", "b:80"]), steps=_STEPS)
def test_an_address_that_looks_canonical_is_what_it_would_become(host: str, steps: list[str]) -> None:
    rest = f"://{host}/{'/'.join(steps)}"
    shouted = canonical_url(f"HTTPS{rest}", base="https://other.example/")  # no canonical spelling: taken apart
    assert canonical_url(f"https{rest}", base="https://other.example/") == shouted
