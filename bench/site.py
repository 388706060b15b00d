"""A blog as built HTML: what `postseek index` and others read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from search_service.engine.model import Document

from .corpus import ADDRESS, PARAGRAPHS_PER_HEADING

_MENU = '<a href="/">Home</a> <a href="/archive/">Archive</a> <a href="/about/">About</a>'

_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>$title | Field Notes</title>
<link rel="canonical" href="$url">
<meta name="description" content="$summary">
<meta property="og:type" content="article">
<meta property="og:title" content="$title">
<meta property="article:published_time" content="${date}T08:00:00+00:00">
<script>window.visits = window.visits || [];</script>
</head>
<body>
<header class="site-header"><a class="site-title" href="/">Field Notes</a><nav class="menu">$menu</nav></header>
<main>
<article class="post">
<header class="post-header"><h1 class="post-title">$title</h1>
<p class="post-meta">By <a rel="author" href="/about/">$author</a> on <time datetime="$date">$day</time></p></header>
<div class="post-content">
$body
</div>
<footer class="post-footer">Tagged $tags
<p class="share">Share this: <a href="#">Mail</a> <a href="#">Mastodon</a></p></footer>
</article>
<section class="comments"><h2>Leave a reply</h2><p>Your address will not be published.</p>
<form><textarea name="comment"></textarea><button>Send</button></form></section>
</main>
<aside class="sidebar"><h3>Recent posts</h3><ul>$recent</ul><h3>Tags</h3><p class="tag-cloud">$cloud</p></aside>
<footer class="site-footer"><p>Field Notes. Subscribe to our newsletter to get every new post by mail.</p></footer>
</body>
</html>
""")


def write_site(folder: Path, documents: Iterable[Document], *, cloud: Sequence[str]) -> None:
    """Write one page a post, a home page and a sitemap below `folder`."""
    recent: list[Document] = []
    entries = []
    for document in documents:
        write_page(folder, document, recent=recent, cloud=cloud)
        entries.append(f"<url><loc>{document.url}</loc><lastmod>{document.date}</lastmod></url>")
        recent = [document, *recent[:4]]
    (folder / "index.html").write_text(
        f'<!doctype html>\n<html lang="en"><head><title>Field Notes</title></head>\n<body><nav>{_MENU}</nav>'
        f"<h1>Field Notes</h1><ul>{_links(recent)}</ul></body></html>\n",
        encoding="utf-8",
    )
    (folder / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(entries)
        + "\n</urlset>\n",
        encoding="utf-8",
    )


def write_page(folder: Path, document: Document, *, recent: Sequence[Document], cloud: Sequence[str]) -> Path:
    """Write one post where its address says."""
    path = folder / document.url.removeprefix(ADDRESS).strip("/") / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(document, recent=recent, cloud=cloud), encoding="utf-8")
    return path


def page(document: Document, *, recent: Sequence[Document], cloud: Sequence[str]) -> str:
    """The HTML of a post, with what blogs put around one."""
    assert document.date is not None
    return _PAGE.substitute(
        url=document.url,
        title=escape(document.title),
        summary=escape(document.summary or ""),
        author=escape(document.author or ""),
        date=document.date.isoformat(),
        day=f"{document.date:%B} {document.date.day}, {document.date.year}",
        menu=_MENU,
        body="\n".join(_blocks(document)),
        tags=", ".join(f'<a rel="tag" href="/tags/{tag.tag}/">{escape(tag.label)}</a>' for tag in document.tags),
        recent=_links(recent),
        cloud=" ".join(f'<a href="/tags/{tag}/">{tag}</a>' for tag in cloud),
    )


def _blocks(document: Document) -> Iterable[str]:
    headings = iter(document.headings)
    for number, paragraph in enumerate(document.body.split("\n")):
        if number and number % PARAGRAPHS_PER_HEADING == 0:
            yield f"<h2>{escape(next(headings))}</h2>"
        yield f"<p>{escape(paragraph)}</p>"


def _links(documents: Iterable[Document]) -> str:
    return "".join(f'<li><a href="{document.url}">{escape(document.title)}</a></li>' for document in documents)
