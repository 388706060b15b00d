"""The benchmarks still run: on a blog of sixty posts, with the engines that are installed."""

from __future__ import annotations

import gzip
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from bench.corpus import Blog
from bench.indexing import indexing_section
from bench.peers import PEERS, installed_peers, peer_class
from bench.prose import Prose, prose_of, read_prose
from bench.querylog import KINDS, QueryLog
from bench.report import PLOT, machine, noise, write_report
from bench.search import search_section
from bench.serving import serving_section
from bench.usage import usage_of
from bench.worst import worst_texts

SIZE = 60

TEXTS = (
    (
        "Morning light comes over the orchard before the kettle boils, and the bees are out among the clover long"
        " before anybody in the house has found a second shoe or remembered where the garden gloves were left.",
        "Apple trees want pruning while they are asleep, with a sharp saw and a patient hand, because every hasty cut"
        " in winter becomes a thicket of useless shoots that shade the ripening fruit in summer.",
        "The cellar keeps apples until spring when they lie apart from each other on slatted shelves, wrapped in"
        " newspaper, and when somebody looks every week for the one that has begun to spoil its neighbours.",
    ),
    (
        "A slow stretch after a long run does more good than a fast one before it, since warm muscles lengthen"
        " without complaint while cold ones answer every sudden movement with a small protest.",
        "Breathing through the nose on easy days keeps the pace honest, and a runner who can still hold a"
        " conversation on the hill has usually chosen the right effort for building endurance.",
        "New shoes deserve a short outing first, along the quiet river path and back again, before they are trusted"
        " with the distance that the training calendar has planned for the weekend.",
    ),
    (
        "Bread dough that has rested overnight in the refrigerator bakes into a darker crust, because slow"
        " fermentation frees sugars which the oven turns brown within the first minutes of steam.",
        "The simplest soup begins with onions that nobody hurries: half an hour over a gentle flame, a spoon of"
        " butter, a little salt, and patience until the whole kitchen smells of supper.",
        "Beans taste of more when their cooking water stays with them, thick and a little salty, and when the"
        " seasoning waits until the skins have become tender enough to take it up.",
    ),
    (
        "Letters used to travel for a week between the mountain village and the harbour, and whoever wrote one"
        " learned to choose subjects that would still matter when the answer finally arrived.",
        "An archive of family photographs wants names more than it wants order, since the faces that everybody"
        " recognises today are exactly the ones that nobody will recognise in forty years.",
        "The library opens late on Thursdays, and the reading room under the roof is warm enough in winter that"
        " several neighbours have quietly moved their writing desks there.",
    ),
)


@pytest.fixture(scope="module")
def prose() -> Prose:
    return prose_of(TEXTS)


@pytest.fixture(scope="module")
def blog(prose: Prose) -> Blog:
    return Blog(prose)


def test_prose_is_found_in_every_kind_of_file(tmp_path: Path) -> None:
    plain, markup, docbook, packed = (text[0] for text in TEXTS)
    (tmp_path / "a.md").write_text(f"# Heading\n\n{plain}\n\nshort\n", encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<html><body><li><p>{markup}</p></li><pre>{plain}</pre></body></html>")
    (tmp_path / "c.xml").write_text(f"<?xml version='1.0'?><chapter><para>{docbook}</para></chapter>")
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(packed.encode()))
    (tmp_path / "e.json").write_text(f'"{plain}"')

    found = read_prose([tmp_path])

    assert {paragraph for text in found.texts for paragraph in text} == {plain, markup, docbook, packed}
    assert found.words == sum(len(text.split()) for text in (plain, markup, docbook, packed))


def test_the_same_prose_and_seed_give_the_same_posts_at_any_size(prose: Prose, blog: Blog) -> None:
    again = Blog(prose_of(TEXTS))
    assert list(again.documents(0, SIZE))[:20] == list(blog.documents(0, 20))
    assert list(Blog(prose, seed=2).documents(0, 20)) != list(blog.documents(0, 20))


def test_another_version_of_a_post_has_its_address_and_other_text(blog: Blog) -> None:
    before, after = blog.post(7), blog.post(7, version=1)
    assert (before.url, before.date) == (after.url, after.date)
    assert before.body != after.body


def test_a_log_has_every_kind_and_its_typos_stand_in_no_post(blog: Blog) -> None:
    log = QueryLog(blog, SIZE).all_kinds(share=0.1)
    words = {word for post in blog.documents(0, SIZE) for word in post.body.lower().split()}
    assert {asked.kind for asked in log} == set(KINDS)
    assert not words & {asked.text for asked in log if asked.kind == "typo"}
    assert all(asked.meant is not None for asked in log if asked.kind in ("typo", "prefix"))


@pytest.mark.parametrize("name", list(PEERS))
def test_a_peer_that_is_installed_finds_what_the_log_asks_for(name: str, blog: Blog, tmp_path: Path) -> None:
    installed, missing = installed_peers([name])
    if missing:
        pytest.skip(f"{name} isn't installed")
    peer = peer_class(*installed)(tmp_path)
    posts = {post.url: post for post in blog.documents(0, SIZE)}
    peer.build(posts.values())
    peer.open()
    for asked in QueryLog(blog, SIZE).all_kinds(share=0.1):
        if asked.kind not in peer.kinds:
            continue
        found = peer.search(asked)
        assert len({hit.url for hit in found}) == len(found) <= 10
        assert all(hit.title == posts[hit.url].title for hit in found)
        if asked.kind in ("keyword", "phrase"):
            assert found, asked
        for hit in found:
            tags = {tag.tag for tag in posts[hit.url].tags}
            date = posts[hit.url].date
            assert asked.tag is None or asked.tag in tags
            assert asked.after is None or (date is not None and asked.after <= date <= (asked.before or date))
    peer.close()


def test_the_report_compares_all_installed_peers(blog: Blog, tmp_path: Path) -> None:
    installed, _ = installed_peers(list(PEERS))
    queries = QueryLog(blog, SIZE)
    log, rare = queries.all_kinds(share=0.02), queries.rare_words(64)

    section = search_section(installed, tmp_path / "work", blog, size=SIZE, log=log, rare=rare, passes=1)
    page = write_report(tmp_path / "docs", [section], [*machine(), noise((0.1, 0.2))]).read_text(encoding="utf-8")

    ratios, milliseconds, in_turn, answered, worst, indexes, starts = section.tables
    for table in (ratios, milliseconds, in_turn, answered, starts):
        assert [row[0] for row in table.rows] == installed
    assert [row[0] for row in worst.rows] == list(worst_texts(log, rare))
    assert [row[0] for row in indexes.rows] == [name for name in installed if name != "Postseek, full"]
    assert all(f"### {table.title}" in page for table in section.tables)
    plot = ElementTree.parse(tmp_path / "docs" / PLOT)
    assert {"keyword", "tag+date"} <= {text.text for text in plot.iter("{http://www.w3.org/2000/svg}text")}


def test_what_a_command_used_includes_descendants_that_it_left_behind() -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    leave = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}], start_new_session=True)"
    assert usage_of([sys.executable, "-W", "ignore", "-c", leave]).cpu_seconds >= 0.3


@pytest.mark.served
def test_the_service_answers_the_load_and_follows_the_update(blog: Blog, tmp_path: Path) -> None:
    keywords = QueryLog(blog, SIZE).keywords(20)
    section = serving_section(tmp_path, blog, size=SIZE, keywords=keywords, seconds=0.3)
    load, update = section.tables
    assert [row[4] for row in load.rows] == ["0", "0", "0"]  # responses that weren't 200
    assert len(update.rows) == 2


@pytest.mark.served
def test_a_site_of_the_blog_is_indexed_and_then_updated(blog: Blog, tmp_path: Path) -> None:
    riverstone = Path(__file__).parents[2] / "examples" / "riverstone"
    made, published = indexing_section(tmp_path, blog, pages=20, sites=[riverstone]).tables
    runs = [row[0] for row in made.rows]
    assert runs[:3] == ["postseek extract", "trafilatura, body and metadata", "postseek index"]
    assert "postseek index, 1 pages changed" in runs
    assert [row[0] for row in published.rows] == ["postseek extract", "trafilatura, body and metadata"]
