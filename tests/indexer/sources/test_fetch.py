"""Single requests to a real server: caps, deadlines, redirects and retries."""

from __future__ import annotations

import gzip
import re
import time
import tracemalloc
import zlib

import pytest

from indexer.sources.fetch import Fetcher
from indexer.sources.inflate import TooLarge, inflated
from indexer.sources.model import Validators
from indexer.sources.response import NoAnswer, Response
from search_service.engine.errors import FetchError


@pytest.fixture
def fetcher(site):
    with Fetcher(named=site.url, pause=0.0, backoff=0.0, timeout=10.0) as fetcher:
        yield fetcher


def bomb(megabytes: int) -> bytes:
    compress = zlib.compressobj(9, wbits=31)
    zeros = bytes(1_000_000)
    return b"".join(compress.compress(zeros) for _ in range(megabytes)) + compress.flush()


def test_a_page_comes_with_what_the_server_says_of_it(site, fetcher):
    """Type, encoding and validators, whatever the case of the header names."""
    site.file(
        "/a", b"hello", "Text/HTML; Charset=ISO-8859-1", ETag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT"
    )
    response = fetcher.get(site.url + "/a")
    assert (response.status, response.content) == (200, b"hello")
    assert (response.media_type, response.charset) == ("text/html", "iso-8859-1")
    assert response.validators == Validators('"1"', "Mon, 01 Jan 2024 00:00:00 GMT")


@pytest.mark.parametrize(
    ("stated", "charset"),
    [
        ("", None),
        ("text/html; charset=", None),
        ("text/html; xcharset=latin1", None),
        ("text/html; charset=caf\xe9", None),
        ('text/html;level=1; charset = "KOI8-R" ;', "koi8-r"),
        ("text/html; charset=utf-8, text/html", "utf-8"),
        ("text/html; charset*0=a; charset*=b", None),  # a trap for readers of RFC 2231
    ],
)
def test_the_charset_is_what_stands_there(stated, charset):
    assert Response("https://a.example/", 200, {"content-type": stated}).charset == charset


def test_a_request_names_who_asks(site, fetcher):
    """And carries neither cookies nor credentials."""
    site.html("/a", Set_Cookie="a=1")
    fetcher.get(site.url + "/a")
    fetcher.get(site.url + "/a")
    _, headers = site.requests[-1]
    assert headers["user-agent"].startswith("postseek/")
    assert not headers.keys() & {"cookie", "authorization", "referer"}


def test_proxies_of_the_environment_are_not_used(site, fetcher, monkeypatch):
    """A proxy would resolve names past the guard."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.html("/a")
    assert fetcher.get(site.url + "/a").status == 200


def test_validators_are_sent_as_they_came(site, fetcher):
    """The server compares bytes; an ETag may be Latin-1."""
    site.html("/a", ETag='"caf\xe9"')
    first = fetcher.get(site.url + "/a")
    again = fetcher.get(site.url + "/a", validators=first.validators)
    assert (again.status, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)),
        ("x-gzip", gzip.compress(b"hel", mtime=0) + gzip.compress(b"lo", mtime=0)),
        ("deflate", zlib.compress(b"hello")),
        ("identity", b"hello"),
    ],
)
def test_compressed_content_is_decoded(site, fetcher, encoding, body):
    """As servers send it, with several gzip members, too."""
    site.file("/a", body, "text/html", Content_Encoding=encoding)
    assert fetcher.get(site.url + "/a").content == b"hello"


@pytest.mark.parametrize(
    ("encoding", "body", "problem"),
    [
        ("gzip", gzip.compress(b"hello" * 100, mtime=0)[:-9], "ends early"),
        ("gzip", b"hello", "damaged"),
        ("br", b"hello", "br"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"hello", mtime=0), mtime=0), "gzip, gzip"),
    ],
)
def test_content_that_cannot_be_decoded_is_an_error(site, fetcher, encoding, body, problem):
    """Half a post is worse than none."""
    site.file("/a", body, "text/html", Content_Encoding=encoding)
    with pytest.raises(FetchError, match=problem):
        fetcher.get(site.url + "/a")


def test_a_body_beyond_the_limit_is_an_error_and_reading_stops(site, fetcher):
    """The limit counts what comes out, the very limit is fine."""
    site.file("/a", b"x" * 1000, "text/html")
    assert len(fetcher.get(site.url + "/a", max_bytes=1000).content) == 1000
    with pytest.raises(FetchError, match="larger than 999 bytes"):
        fetcher.get(site.url + "/a", max_bytes=999)
    assert fetcher.get(site.url + "/a", max_bytes=10, truncate=True).content == b"x" * 10


def test_an_endless_body_is_an_error(site, fetcher):
    """Without a length that would give it away."""

    def endless(handler):
        handler.close_connection = True
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    site.pages["/a"] = endless
    with pytest.raises(FetchError, match="larger than"):
        fetcher.get(site.url + "/a")


def test_a_gzip_bomb_is_refused_in_little_memory(site, fetcher):
    """300 MB in 300 KB: never more is held than the limit and a chunk."""
    site.file("/a", bomb(300), "text/html", Content_Encoding="gzip")
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger than 2,000,000 bytes"):
        fetcher.get(site.url + "/a")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


def test_a_bomb_of_many_members_is_refused():
    """Each member is small, all of them are not."""
    with pytest.raises(TooLarge):
        inflated([gzip.compress(bytes(100_000), mtime=0)] * 100, limit=1_000_000)


def test_a_body_that_drips_is_given_up_at_the_deadline(site):
    """Every single read is in time; the whole isn't."""

    def dripping(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"x")
            time.sleep(0.02)

    site.pages["/a"] = dripping
    with Fetcher(named=site.url, timeout=0.3) as fetcher, pytest.raises(NoAnswer, match=r"0\.3 seconds"):
        fetcher.get(site.url + "/a")


def test_headers_that_drip_are_given_up_at_the_deadline(site):
    """An answer may never get as far as its body."""

    def dripping(handler):
        for _ in range(1000):
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            time.sleep(0.02)

    site.pages["/a"] = dripping
    with Fetcher(named=site.url, timeout=0.3) as fetcher, pytest.raises(NoAnswer):
        fetcher.get(site.url + "/a")


def test_an_answer_that_is_no_http_is_an_error(site, fetcher):
    """Named by its address."""

    def nonsense(handler):
        handler.wfile.write(b"SSH-2.0-x\r\n" * 10)
        handler.close_connection = True

    site.pages["/a"] = nonsense
    with pytest.raises(FetchError) as caught:
        fetcher.get(site.url + "/a")
    assert caught.value.url == site.url + "/a"


def test_a_connection_that_broke_is_tried_once_more(site, fetcher):
    """Servers close idle connections just when the next request is on its way."""
    silent = iter([True])

    def hangs_up_first(handler):
        if next(silent, False):
            handler.close_connection = True
            return
        handler.send_response(200)
        handler.send_header("Content-Length", "5")
        handler.end_headers()
        handler.wfile.write(b"hello")

    site.pages["/a"] = hangs_up_first
    assert fetcher.get(site.url + "/a").content == b"hello"


def test_a_body_shorter_than_announced_is_an_error(site, fetcher):
    """Half a post is worse than none."""

    def short(handler):
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Length", "500")
        handler.end_headers()
        handler.wfile.write(b"hello")

    site.pages["/a"] = short
    with pytest.raises(NoAnswer):
        fetcher.get(site.url + "/a")
    assert len(site.requests) == 2


def test_a_server_that_is_not_there_is_an_error(site):
    """It isn't taken to say that the page is gone."""
    site.close()
    with Fetcher(named=site.url) as fetcher, pytest.raises(NoAnswer) as caught:
        fetcher.get(site.url + "/a")
    assert not caught.value.gone


def test_a_body_of_an_unwanted_type_is_not_read(site, fetcher):
    """A video linked like a page costs a few packets."""
    site.file("/a", b"x" * 3_000_000, "video/mp4")
    response = fetcher.get(site.url + "/a", media_types={"text/html"})
    assert (response.media_type, response.content) == ("video/mp4", b"")


@pytest.mark.parametrize(("status", "gone"), [(404, True), (410, True), (403, False), (500, False)])
def test_only_404_and_410_mean_gone(site, fetcher, status, gone):
    """A server in trouble hasn't lost its posts."""
    site.pages["/a"] = (status, {}, b"")
    with pytest.raises(FetchError) as caught:
        fetcher.get(site.url + "/a").raise_for_status()
    assert caught.value.gone is gone


class TestRedirects:
    """Followed one by one, each looked at before it is."""

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_redirect_is_followed(self, site, fetcher, status):
        """Relative, with characters that need encoding; the response has the address it came from."""
        site.redirect("/a", "b%20c/é?x=1".encode().decode("latin-1"), status)
        site.html("/b%20c/%C3%A9?x=1", "there")
        response = fetcher.get(site.url + "/a")
        assert response.url == site.url + "/b%20c/%C3%A9?x=1"
        assert b"there" in response.content

    def test_a_loop_ends_after_five(self, site, fetcher):
        """The first request and five redirects."""
        site.redirect("/a", "/b")
        site.redirect("/b", "/a")
        with pytest.raises(FetchError, match="5 redirects"):
            fetcher.get(site.url + "/a")
        assert len(site.requests) == 6

    def test_a_redirect_that_is_not_wanted_is_handed_back(self, site, fetcher):
        """Nothing is requested there."""
        site.redirect("/a", "/b", 302)
        response = fetcher.get(site.url + "/a", may_follow=lambda url: False)
        assert (response.location, response.moved_for_good) == (site.url + "/b", False)
        assert site.asked == ["/a"]

    def test_a_redirect_to_another_local_server_is_refused(self, site, other_site, fetcher):
        """That the operator named one local port opens no other."""
        site.redirect("/a", other_site.url + "/secret")
        with pytest.raises(FetchError, match="refused"):
            fetcher.get(site.url + "/a")
        assert other_site.requests == []

    @pytest.mark.parametrize(
        "location", ["http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://10.0.0.1/"]
    )
    def test_a_redirect_to_a_private_address_is_refused(self, site, fetcher, location):
        """The metadata service of a cloud, for example."""
        site.redirect("/a", location)
        with pytest.raises(FetchError, match="public internet"):
            fetcher.get(site.url + "/a")

    @pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://x/", "javascript:1", ""])
    def test_a_redirect_to_another_scheme_leads_nowhere(self, site, fetcher, location):
        """It is a response without content, and no page that is empty."""
        site.redirect("/a", location)
        response = fetcher.get(site.url + "/a")
        assert (response.status, response.content, response.location) == (301, b"", None)
        with pytest.raises(FetchError, match=re.escape(f"it redirects to {location!r}, which is no address")):
            response.raise_for_status()


class TestPoliteness:
    """Busy servers are left in peace."""

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_server_is_asked_again(self, site, fetcher, status):
        """Until it answers."""
        answers = iter([(status, {}, b""), (status, {"Retry-After": "0"}, b"")])

        def busy_twice(handler):
            code, headers, body = next(answers, (200, {"Content-Type": "text/html"}, b"hello"))
            handler.send_response(code)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        site.pages["/a"] = busy_twice
        assert fetcher.get(site.url + "/a").content == b"hello"
        assert len(site.requests) == 3

    def test_a_server_that_stays_busy_is_given_up_after_three_retries(self, site, fetcher):
        """Its answer is an error, and no sign that the page is gone."""
        site.pages["/a"] = (503, {}, b"")
        with pytest.raises(NoAnswer):
            fetcher.get(site.url + "/a").raise_for_status()
        assert len(site.requests) == 4

    def test_the_wait_that_a_server_asks_for_is_kept(self, site, fetcher):
        """In seconds or as a date; nonsense asks for nothing."""
        for value in ("1", "Wed, 21 Oct 2015 07:28:00 GMT", "-5", "soon", "²"):
            site.requests.clear()
            moments = []
            answers = iter([503])

            def busy_once(handler, value=value, moments=moments, answers=answers):
                moments.append(time.monotonic())
                handler.send_response(next(answers, 200))
                handler.send_header("Retry-After", value)
                handler.send_header("Content-Length", "0")
                handler.end_headers()

            site.pages["/a"] = busy_once
            fetcher.get(site.url + "/a")
            assert len(moments) == 2
            if value == "1":
                assert moments[1] - moments[0] >= 1

    def test_a_pause_is_kept_between_requests(self, site):
        """Redirects are requests, too."""
        moments = []

        def note(handler):
            moments.append(time.monotonic())
            handler.send_response(302 if handler.path == "/a" else 200)
            handler.send_header("Location", "/b")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        site.fallback = note
        with Fetcher(named=site.url, pause=0.2) as fetcher:
            fetcher.get(site.url + "/a")
            fetcher.get(site.url + "/c")
        first, second, third = moments
        assert second - first >= 0.2
        assert third - second >= 0.2
