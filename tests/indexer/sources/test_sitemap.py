"""Sitemaps, well-formed and hostile."""

from __future__ import annotations

import tracemalloc

import pytest

from indexer.sources.sitemap import MAX_URLS, read_sitemap

SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


@pytest.mark.parametrize(
    ("xml", "is_index", "urls"),
    [
        (SITEMAP.format("<url><loc> https://b.example/a </loc></url>"), False, ("https://b.example/a",)),
        ("<urlset><url><loc>/a?x=1&amp;y</loc></url></urlset>", False, ("/a?x=1&y",)),
        ("<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>", True, ("/s.xml",)),
    ],
)
def test_the_addresses_of_pages_are_read(xml, is_index, urls):
    """As they stand there."""
    sitemap = read_sitemap(f'<?xml version="1.0"?>\n{xml}'.encode())
    assert sitemap is not None
    assert (sitemap.is_index, sitemap.urls, sitemap.problem) == (is_index, urls, None)


def test_pictures_in_a_sitemap_are_no_pages():
    """Their `loc` is in another namespace."""
    image = '<i:image xmlns:i="i"><i:loc>/p.jpg</i:loc></i:image><i:loc xmlns:i="i">/q</i:loc>'
    sitemap = read_sitemap(SITEMAP.format(f"<url><loc>/a</loc>{image}</url>").encode())
    assert sitemap is not None
    assert sitemap.urls == ("/a",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_obstacle(encoding):
    """Windows tools write one."""
    sitemap = read_sitemap("<urlset><url><loc>/a</loc></url></urlset>".encode(encoding))
    assert sitemap is not None
    assert sitemap.urls == ("/a",)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<!doctype html><html>", b"<html xmlns='x'/>", b"<?xml version='1.0'?><svg/>", b"/a\n/b", b"\xff\xfe",
        b" " * 2_000_000 + b"<html>",
        b"<?xml version='1.0'?><rss><channel><item><link>/a</link></item></channel></rss>",
    ],
)  # fmt: skip
def test_what_is_no_sitemap_is_none(content):
    """Pages, pictures, text, feeds and nothing."""
    assert read_sitemap(content) is None


@pytest.mark.parametrize(
    ("end", "problem"),
    [
        ("<url><loc>/b", "not well-formed"),
        ("<url><loc>/b&nbsp;</loc></url></urlset>", "not well-formed"),
        ("<url>" * 200, "deep"),
    ],
)
def test_what_was_listed_before_the_damage_counts(end, problem):
    """What was cut off on its way is a list all the same."""
    sitemap = read_sitemap(f"<urlset><url><loc>/a</loc></url>{end}".encode())
    assert sitemap is not None
    assert sitemap.urls == ("/a",)
    assert problem in sitemap.problem


def test_billion_laughs_are_refused():
    """Entities that expand to gigabytes: the parser stops at the first declaration."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY l0 "lol">{lol}]><urlset><url><loc>&l9;</loc></url></urlset>'
    tracemalloc.start()
    sitemap = read_sitemap(xml.encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sitemap is None
    assert peak < 5_000_000


def test_an_external_entity_is_not_read(tmp_path):
    """A sitemap must not copy the indexer's files into the index."""
    secret = tmp_path / "secret"
    secret.write_text("https://blog.example/secret")
    declaration = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert read_sitemap(f"{declaration}<urlset><url><loc>&x;</loc></url></urlset>".encode()) is None
    assert (
        read_sitemap(f"<?xml version='1.0'?>{declaration}<urlset><url><loc>&x;</loc></url></urlset>".encode()) is None
    )


def test_a_sitemap_is_bounded():
    """Four times the protocol's limit, and no more."""
    sitemap = read_sitemap(b"<urlset>" + b"<url><loc>/a</loc></url>" * (MAX_URLS + 1) + b"</urlset>")
    assert sitemap is not None
    assert len(sitemap.urls) == MAX_URLS
    assert "200,000" in sitemap.problem


def test_an_address_without_end_is_left_out_and_not_kept_in_memory():
    """Ten megabytes of one address."""
    xml = b"<urlset><url><loc>/" + b"x" * 10_000_000 + b"</loc></url><url><loc>/a</loc></url></urlset>"
    tracemalloc.start()
    sitemap = read_sitemap(xml)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sitemap is not None
    assert sitemap.urls == ("/a",)
    assert peak < 8_000_000
