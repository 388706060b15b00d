"""Sitemaps and feeds, well-formed and hostile."""

from __future__ import annotations

import tracemalloc

import pytest

from indexer.sources.sitemap import MAX_URLS, Kind, read_listing

SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


@pytest.mark.parametrize(
    ("xml", "kind", "urls"),
    [
        (SITEMAP.format("<url><loc> https://b.example/a </loc></url>"), Kind.SITEMAP, ("https://b.example/a",)),
        ("<urlset><url><loc>/a?x=1&amp;y</loc></url></urlset>", Kind.SITEMAP, ("/a?x=1&y",)),
        ("<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>", Kind.SITEMAP_INDEX, ("/s.xml",)),
        (
            "<rss><channel><link>/</link><item><link>/a</link><source><link>/x</link></source></item></channel></rss>",
            Kind.RSS,
            ("/a",),
        ),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            "<item><link>/a</link></item></rdf:RDF>",
            Kind.RDF,
            ("/a",),
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><link rel="edit" href="/x"/>'
            '<link rel="alternate" href="/a"/></entry><entry><link href="/b"/></entry></feed>',
            Kind.ATOM,
            ("/a", "/b"),
        ),
    ],
)
def test_the_addresses_of_pages_are_read(xml, kind, urls):
    """Not those of the channel, of pictures or of editing."""
    listing = read_listing(f'<?xml version="1.0"?>\n{xml}'.encode())
    assert listing is not None
    assert (listing.kind, listing.urls, listing.problem) == (kind, urls, None)


def test_pictures_in_a_sitemap_are_no_pages():
    """Their `loc` is in another namespace."""
    image = '<i:image xmlns:i="i"><i:loc>/p.jpg</i:loc></i:image><i:loc xmlns:i="i">/q</i:loc>'
    listing = read_listing(SITEMAP.format(f"<url><loc>/a</loc>{image}</url>").encode())
    assert listing is not None
    assert listing.urls == ("/a",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_obstacle(encoding):
    """Windows tools write one."""
    listing = read_listing("<urlset><url><loc>/a</loc></url></urlset>".encode(encoding))
    assert listing is not None
    assert listing.urls == ("/a",)


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><html>", b"<html xmlns='x'/>", b"<?xml version='1.0'?><svg/>", b"/a\n/b", b"\xff\xfe"],
)
def test_what_is_no_listing_is_none(content):
    """Pages, pictures, text and nothing."""
    assert read_listing(content) is None


@pytest.mark.parametrize(
    ("end", "problem"),
    [
        ("<url><loc>/b", "not well-formed"),
        ("<url><loc>/b&nbsp;</loc></url></urlset>", "not well-formed"),
        ("<url>" * 200, "deep"),
    ],
)
def test_what_was_listed_before_the_damage_counts(end, problem):
    """Feeds break all the time; the posts they named first are the newest."""
    listing = read_listing(f"<urlset><url><loc>/a</loc></url>{end}".encode())
    assert listing is not None
    assert listing.urls == ("/a",)
    assert problem in listing.problem


def test_billion_laughs_are_refused():
    """Entities that expand to gigabytes: the parser stops at the first declaration."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY l0 "lol">{lol}]><urlset><url><loc>&l9;</loc></url></urlset>'
    tracemalloc.start()
    listing = read_listing(xml.encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert listing is None
    assert peak < 5_000_000


def test_an_external_entity_is_not_read(tmp_path):
    """A sitemap must not copy the indexer's files into the index."""
    secret = tmp_path / "secret"
    secret.write_text("https://blog.example/secret")
    declaration = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert read_listing(f"{declaration}<urlset><url><loc>&x;</loc></url></urlset>".encode()) is None
    assert (
        read_listing(f"<?xml version='1.0'?>{declaration}<urlset><url><loc>&x;</loc></url></urlset>".encode()) is None
    )


def test_a_listing_is_bounded():
    """Four times the protocol's limit, and no more."""
    listing = read_listing(b"<urlset>" + b"<url><loc>/a</loc></url>" * (MAX_URLS + 1) + b"</urlset>")
    assert listing is not None
    assert len(listing.urls) == MAX_URLS
    assert "200,000" in listing.problem


def test_an_address_without_end_is_left_out_and_not_kept_in_memory():
    """Ten megabytes of one address."""
    xml = b"<urlset><url><loc>/" + b"x" * 10_000_000 + b"</loc></url><url><loc>/a</loc></url></urlset>"
    tracemalloc.start()
    listing = read_listing(xml)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert listing is not None
    assert listing.urls == ("/a",)
    assert peak < 8_000_000
