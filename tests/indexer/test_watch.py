"""A blog is watched: what its author publishes is found, what somebody asks for is read at once."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.gate import Gate
from indexer.plan import Plan
from indexer.printed import outcome
from indexer.report import Report
from indexer.sources import open_source
from indexer.watch import WHOLE_ROUND_SECONDS, Watch
from search_service.cli import main
from search_service.engine.embedded.engine import EmbeddedEngine
from search_service.engine.query import parse_query
from search_service.engine.requests import ReindexRequests

from .conftest import BASE, PAGE, Blog
from .sources.conftest import SiteServer

PLAN = Plan(workers=1, seconds=20, gate=Gate(max_lost_share=30, max_failed_share=20))


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Watched:
    """A watch whose time is the test's."""

    watch: Watch
    asked: ReindexRequests
    clock: Clock
    told: list[Report]
    day: list[dt.date]

    def pending(self) -> tuple[str, ...]:
        """What was asked for and not read yet."""
        with suppress(KeyError), self.asked.drain() as urls:
            pending = urls
            raise KeyError  # which leaves them there
        return pending

    def after(self, seconds: float) -> list[Report]:
        """What a look tells that is taken so much later."""
        self.clock.now += seconds
        self.told.clear()
        self.watch.look()
        return list(self.told)


def watched(index: Path, spec: str, base_url: str | None = None) -> Watched:
    asked, clock, told, day = ReindexRequests(index), Clock(), list[Report](), [dt.date(2030, 6, 1)]
    watch = Watch(
        engine=EmbeddedEngine(index),
        open_sources=lambda: [open_source(spec, base_url=base_url)],
        plan=replace(PLAN, today=lambda: day[0]),
        requests=asked,
        seconds=60,
        tell=told.append,
        clock=clock,
    )
    return Watched(watch, asked, clock, told, day)


@pytest.fixture
def server() -> Iterator[SiteServer]:
    server = SiteServer()
    yield server
    server.close()


@pytest.fixture
def site(server: SiteServer) -> SiteServer:
    """A site of three posts with sitemap and feed."""
    for name in ("one", "two", "three"):
        publish(server, name)
    server.html("/", '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><a href="/one/">one</a>')
    server.sitemap("/sitemap.xml", "/one/", "/two/", "/three/")
    feed(server, "three")
    return server


def publish(server: SiteServer, name: str, text: str = "The river is calm tonight.", date: str = "2020-05-01") -> None:
    canonical = f"{server.url}/{name}/"
    page = PAGE.format(title=f"About {name}", canonical=canonical, date=date, text=text, tag="water")
    server.file(f"/{name}/", page, "text/html; charset=utf-8")


def feed(server: SiteServer, *names: str) -> None:
    items = "".join(f"<item><link>{server.url}/{name}/</link></item>" for name in names)
    server.file("/feed.xml", f'<rss version="2.0"><channel>{items}</channel></rss>')


def test_a_watch_says_that_what_it_found_is_current_once(blog: Blog) -> None:
    watched(blog.index, str(blog.folder), BASE).watch.look()
    again = watched(blog.index, str(blog.folder), BASE)
    assert [outcome(report) for report in again.after(0)] == [
        f"Nothing changed: generation {blog.engine.live_id()} stays live, 4 posts."
    ]
    assert not again.after(61)


def test_a_directory_is_followed_round_by_round(blog: Blog) -> None:
    watch = watched(blog.index, str(blog.folder), BASE)
    assert [report.added for report in watch.after(0)] == [4]
    blog.write("post-9", "A kingfisher was here.")
    assert watch.after(59) == []
    assert [report.added for report in watch.after(1)] == [1]
    assert watch.after(60) == []
    assert blog.found("kingfisher") == ["post-9"]


def test_what_was_asked_for_is_read_at_once(blog: Blog) -> None:
    watch = watched(blog.index, str(blog.folder), BASE)
    watch.after(0)
    blog.write("post-1", "The ferry is closed.")
    watch.asked.add((f"{BASE}post-1/",))
    assert [report.changed for report in watch.after(1)] == [1]
    assert watch.pending() == ()


def test_of_a_site_a_round_reads_only_its_news(site: SiteServer, tmp_path: Path) -> None:
    watch = watched(tmp_path, site.url + "/")
    assert [report.added for report in watch.after(0)] == [3]
    publish(site, "four")
    feed(site, "four", "three")
    site.requests.clear()
    assert [report.added for report in watch.after(60)] == [1]
    assert "/one/" not in site.asked
    assert {"/feed.xml", "/sitemap.xml", "/four/", "/three/"} <= set(site.asked)


def test_pages_that_a_sitemap_lists_anew_are_read(site: SiteServer, tmp_path: Path) -> None:
    watch = watched(tmp_path, site.url + "/")
    watch.after(0)
    publish(site, "four")
    site.sitemap("/sitemap.xml", "/one/", "/two/", "/three/", "/four/")
    assert [(report.added, report.posts) for report in watch.after(60)] == [(1, 4)]


def test_of_a_site_only_the_page_that_was_asked_for_is_read(site: SiteServer, tmp_path: Path) -> None:
    watch = watched(tmp_path, site.url + "/")
    watch.after(0)
    publish(site, "two", "A kingfisher was here.")
    watch.asked.add((f"{site.url}/two/",))
    site.requests.clear()
    assert [(report.changed, report.posts) for report in watch.after(1)] == [(1, 3)]
    assert not {"/one/", "/three/", "/feed.xml", "/sitemap.xml"} & set(site.asked)


def test_once_a_day_every_page_is_asked_and_what_has_gone_goes(site: SiteServer, tmp_path: Path) -> None:
    watch = watched(tmp_path, site.url + "/")
    watch.after(0)
    del site.pages["/two/"]
    site.sitemap("/sitemap.xml", "/one/", "/three/")
    assert watch.after(60) == []
    assert [(report.removed, report.posts) for report in watch.after(WHOLE_ROUND_SECONDS)] == [(1, 2)]


def test_a_post_of_a_directory_enters_in_the_first_round_of_its_day(blog: Blog) -> None:
    blog.write("fair", "The kingfisher opens the fair.", date="2030-06-02")
    watch = watched(blog.index, str(blog.folder), BASE)
    assert [report.posts for report in watch.after(0)] == [4]
    assert watch.after(60) == []
    watch.day[0] = dt.date(2030, 6, 2)
    assert [(report.added, report.posts) for report in watch.after(60)] == [(1, 5)]
    assert blog.found("kingfisher") == ["fair"]


def test_a_post_of_a_site_enters_in_the_first_round_of_its_day_though_neither_feed_nor_sitemap_changed(
    site: SiteServer, tmp_path: Path
) -> None:
    publish(site, "two", "The kingfisher opens the fair.", date="2030-06-02")
    watch = watched(tmp_path, site.url + "/")
    assert [report.posts for report in watch.after(0)] == [2]
    site.requests.clear()
    assert watch.after(60) == []
    assert "/two/" not in site.asked
    watch.day[0] = dt.date(2030, 6, 2)
    assert [(report.added, report.posts) for report in watch.after(60)] == [(1, 3)]
    assert watch.after(60) == []


def test_a_post_of_a_site_leaves_in_the_first_round_after_its_last_day(site: SiteServer, tmp_path: Path) -> None:
    publish(site, "two", "The kingfisher opens the fair.")
    status, headers, page = site.pages["/two/"]  # type: ignore[misc]
    expiry = b'<head><meta name="robots" content="unavailable_after: 2030-06-01">'
    site.pages["/two/"] = (status, headers | {"ETag": '"1"'}, page.replace(b"<head>", expiry))
    watch = watched(tmp_path, site.url + "/")
    assert [report.posts for report in watch.after(0)] == [3]
    site.requests.clear()
    assert watch.after(60) == []
    assert "/two/" not in site.asked
    watch.day[0] = dt.date(2030, 6, 2)
    assert [(report.removed, report.posts) for report in watch.after(60)] == [(1, 2)]
    site.requests.clear()
    assert watch.after(60) == []
    assert "/two/" not in site.asked


def test_while_the_site_is_away_what_was_asked_for_waits(site: SiteServer, tmp_path: Path) -> None:
    watch = watched(tmp_path, site.url + "/")
    watch.after(0)
    front = site.pages["/"]
    site.pages["/"] = (404, {}, b"")
    publish(site, "two", "A kingfisher was here.")
    watch.asked.add((f"{site.url}/two/",))
    assert watch.after(1) == []
    assert watch.pending() == (f"{site.url}/two/",)
    site.pages["/"] = front
    assert watch.after(1) == []  # the next try is the next round
    assert [report.changed for report in watch.after(60)] == [1]
    assert watch.pending() == ()


def test_what_was_asked_for_waits_while_builds_are_refused_and_no_further_whole_round_is_made(
    site: SiteServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = watched(tmp_path, site.url + "/")
    watch.after(0)
    posts = {name: site.pages[name] for name in ("/one/", "/two/", "/three/")}
    site.pages |= dict.fromkeys(posts, (410, {}, b""))
    watch.asked.add((f"{site.url}/three/",))
    assert watch.after(WHOLE_ROUND_SECONDS) == []
    assert "not published" in caplog.text
    assert watch.pending() == (f"{site.url}/three/",)
    site.pages |= posts
    site.requests.clear()
    publish(site, "three", "A kingfisher was here.")
    assert [report.changed for report in watch.after(60)] == [1]
    assert watch.pending() == ()
    assert "/one/" not in site.asked


def test_a_source_that_isnt_there_ends_the_command(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["watch", str(tmp_path / "publik"), "--index", str(tmp_path / "index")])
    assert done.exit_code == os.EX_NOINPUT
    assert "no such file or directory" in done.output


def test_in_a_whole_round_too_what_was_asked_for_is_read_though_nothing_leads_there(
    site: SiteServer, tmp_path: Path
) -> None:
    watch = watched(tmp_path, site.url + "/")
    publish(site, "hidden", "A kingfisher was here.")
    watch.asked.add((f"{site.url}/hidden/",))
    assert [(report.added, report.posts) for report in watch.after(0)] == [(3, 3), (1, 4)]
    assert watch.pending() == ()


def test_a_request_that_cant_be_removed_is_read_once_a_round(
    site: SiteServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = watched(tmp_path, site.url + "/")
    watch.after(0)
    watch.asked.add((f"{site.url}/two/",))

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "unlink", refused)
    watch.after(1)
    assert "Permission denied" in caplog.text
    site.requests.clear()
    assert watch.after(1) == []
    assert site.asked == []
    watch.after(60)
    assert "/two/" in site.asked


def test_what_nobody_foresaw_ends_a_round_and_not_the_watch(
    blog: Blog, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = watched(blog.index, str(blog.folder), BASE)
    with monkeypatch.context() as broken:
        broken.setattr("indexer.watch.index_sources", lambda *_: 1 // 0)
        assert watch.after(0) == []
    assert "ZeroDivisionError" in caplog.text
    assert [report.added for report in watch.after(60)] == [4]


def test_while_another_process_writes_it_waits(blog: Blog) -> None:
    watch = watched(blog.index, str(blog.folder), BASE)
    with blog.engine.build():
        assert watch.after(0) == []
    assert [report.added for report in watch.after(60)] == [4]


@pytest.mark.parametrize("name", ["LOCK", "requests"])
def test_what_it_cant_write_or_read_is_logged_and_tried_again(
    blog: Blog, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    watch = watched(blog.index, str(blog.folder), BASE)
    blog.index.mkdir()
    in_the_way = blog.index / name
    in_the_way.mkdir() if name == "LOCK" else in_the_way.write_text("")
    assert watch.after(0) == []
    assert str(in_the_way) in caplog.text
    in_the_way.rmdir() if name == "LOCK" else in_the_way.unlink()
    assert [report.added for report in watch.after(60)] == [4]


@pytest.mark.served
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_round_that_takes_its_time_is_given_up_when_told_to_end(tmp_path: Path, number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        site = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        command = [sys.executable, "-m", "search_service.cli", "watch", site, "--index", str(tmp_path / "index")]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
            connection, _ = silent.accept()
            with connection:
                process.send_signal(number)
                _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (0, "")
    assert list((tmp_path / "index" / "generations").iterdir()) == []


@pytest.mark.served
def test_the_command_tells_what_it_did_ends_when_told_to_and_reads_pages_as_index_does(blog: Blog) -> None:
    home = blog.folder.parent
    (home / "postseek.toml").write_text(f'[[sites]]\naddress = "{BASE}"\ntitle = "article time"\n')
    command = [sys.executable, "-m", "search_service.cli"]
    arguments = [str(blog.folder), "--base-url", BASE, "--index", str(blog.index)]
    process = subprocess.Popen(
        [*command, "watch", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        cwd=home,
    )
    killer = threading.Timer(60, process.kill)
    killer.start()
    try:
        assert process.stdout is not None
        assert "4 posts, 4 new" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    finally:
        killer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
    searcher = blog.engine.searcher()
    titles = {hit.title.text for hit in searcher.search(parse_query("river")).hits}
    searcher.close()
    assert titles == {"2020-05-01"}, "the rules of postseek.toml hold for watch, too"
    again = subprocess.run([*command, "index", *arguments], capture_output=True, text=True, cwd=home, check=True)
    assert "Nothing changed" in again.stdout
