"""Large pages: what counts of them, and that nothing makes weighing one expensive."""

import pytest

from indexer.sources.model import MAX_BYTES
from indexer.sources.weight import MAX_FILE, page_content
from search_service.engine.errors import FetchError

URL = "https://blog.example/a"
TEXT = b"<p>Bees keep warm in winter.</p>"


def content_of(page):
    return page_content(page, url=URL, named="a.html")


def test_a_page_of_the_usual_size_stays_as_it_is():
    """Byte for byte, scripts and all."""
    page = b"<script>" + b"x" * (MAX_BYTES - 50) + b"</script>" + TEXT
    assert content_of(page) is page


@pytest.mark.parametrize(
    ("payload", "left"),
    [
        (b"<script async>%s</script>", b""),
        (b"<SCRIPT>%s</Script >", b""),
        (b"<style media='all'>%s</style>", b""),
        (b"<svg viewBox='0 0 1 1'><path d='%s'/></svg>", b""),
        (b"<!-- %s -->", b""),
        (b'<img src="data:image/png;base64,%s" alt="A hive">', b'<img src="data:," alt="A hive">'),
        (b"<img src='data:image/svg+xml;utf8,%s'>", b"<img src='data:,'>"),
    ],
)
def test_what_nobody_reads_does_not_count(payload, left):
    """It is left out of a large page, and what is around it stays."""
    page = TEXT + payload % (b"x" * MAX_BYTES) + TEXT
    assert content_of(page) == TEXT + left + TEXT


def test_facts_and_marks_for_search_engines_stay():
    """JSON-LD is a script, and a comment may switch search engines off, or say where a page was saved from."""
    facts = b'<script type="application/ld+json">{"@type": "BlogPosting"}</script>'
    mark = b"<!--googleoff: all--><p>Menu</p><!--googleon: all-->"
    note = b"<!-- Page saved with SingleFile url: https://blog.example/%s -->" % (b"a" * 300)
    page = note + facts + mark + b"<style>" + b"x" * MAX_BYTES + b"</style>" + TEXT
    assert content_of(page) == note + facts + mark + TEXT


def test_words_that_look_like_such_elements_stay():
    """An element's name is whole, and text between quotes that is no picture is text."""
    text = b'<p>say "data:image/png" or <scripture>x</scripture> and <styled>y</styled></p>'
    assert content_of(text + b"<script>" + b"x" * MAX_BYTES + b"</script>") == text


@pytest.mark.parametrize(
    "mark",
    [
        b"<svg class='x'/>%s<svg><path/></svg>",
        b"<!-->%s<!-- end -->",
        b"<!--->%s<!-- end -->",
        b"<!-- a --!>%s<!-- end -->",
        b"<script></script x>%s<script></script>",
        b"<svg>%s",
        b"<p>'data:image/png, %s'</p>",
    ],
)
def test_what_ends_earlier_than_it_seems_takes_no_text_with_it(mark):
    """Nor does what has no end, and what a text says of pictures."""
    text = b"<p>Bees keep warm in winter.</p>" * 50
    page = mark % text + b"<script>" + b"x" * MAX_BYTES + b"</script>"
    assert text in content_of(page)


def test_a_page_that_is_large_without_them_is_refused_with_both_sizes():
    """What counts and what it may be are named."""
    page = b"<script>" + b"x" * 1000 + b"</script>" + b"y" * (MAX_BYTES + 1)
    with pytest.raises(FetchError, match=r"a\.html has 2,000,001 bytes without .* may have 2,000,000"):
        content_of(page)


def test_a_file_that_is_too_large_as_it_comes_is_refused():
    """Whatever is in it."""
    with pytest.raises(FetchError, match="more than 10,000,000 bytes"):
        content_of(b"<script>" + b"x" * MAX_FILE + b"</script>")


@pytest.mark.parametrize(
    "stretch",
    [
        b"<script>",
        b"<script",
        b"<style ",
        b"<!--",
        b"<svg>",
        b"</script",
        b"<!---->",
        b"'data:",
        b"'data:a/b,",
        b"</svg   ",
    ],
)
def test_no_markup_makes_it_slow(stretch):
    """A scan that looked twice at anything would run for minutes over five megabytes of it."""
    with pytest.raises(FetchError):
        content_of(stretch * (MAX_FILE // 2 // len(stretch)))
