"""What sites keep beside their posts: generators of academic sites file talks and papers as they do posts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import unquote, urlsplit

from indexer.extract.markup.dom import vocabulary

from .words import LISTING_STEPS, POST_STEPS, SITE_PAGES

_MAYBE_OF_POSTS = POST_STEPS | vocabulary("article articles artikel artigos articoli")
_OF_OTHERS = vocabulary(
    "talk talks event events publication publications project projects slides course courses people"
    " presentation presentations lecture lectures seminar seminars workshop workshops paper papers portfolio work works"
    " teaching team teams staff service services product products docs documentation gallery galleries testimonials"
    " projekt projekte projekty projekter prosjekt prosjekter projet projets proyecto proyectos projeto projetos"
    " progetto progetti projecten projektid proiecte hankkeet проект проекты проекти portafolio portafoglio portfólio"
    " vortrag vortraege vorträge charlas ponencias palestras présentations presentaciones apresentações foredrag"
    " publikation publikationen publikacje veroeffentlichungen veröffentlichungen publicaciones publicações"
    " pubblicazioni publicacions julkaisut kurs kurse kursy curso cursos cours corso corsi lehre equipo equipe équipe"
    " veranstaltung veranstaltungen termine evento eventos eventi événements evenements wydarzenia servicios leistungen"
    " productos produits produkte galerie galeria galería"
)
_OF_SITES = SITE_PAGES | LISTING_STEPS
_BY_DATE = re.compile(r"(?:^|/)(?:19|20)\d\d/\d{1,2}/(?:\d{1,2}/)?[^\W\d](?!ndex\.html?$|age/\d)")
"""`/2019/06/02/bees/` and `/2019/06/bees.html`, not the lists `/2019/06/` and `/2019/06/page/2/`."""
_SEVERAL = 2
_LONGEST_LANGUAGE = len("zh-hant")


def is_filed_as_post(url: str) -> bool:
    """Whether a page is in a folder that is called one of posts."""
    return not POST_STEPS.isdisjoint(_folders(url))


def may_be_filed_as_post(url: str) -> bool:
    """Whether a page is in a folder that is called one of posts or of articles, or in that of a month or a day."""
    return not _MAYBE_OF_POSTS.isdisjoint(_folders(url)) or is_filed_by_date(url)


def is_filed_by_date(url: str) -> bool:
    """Whether a page is in a folder of a month or a day."""
    return _BY_DATE.search(unquote(urlsplit(url).path)) is not None


def file_posts(paths: Iterable[str]) -> bool:
    """Whether several of a directory's pages are in folders of posts."""
    return len(list(islice(filter(may_be_filed_as_post, paths), _SEVERAL))) == _SEVERAL


def below(folder: str, path: str) -> str:
    """A path, percent signs decoded, below the folder of its site, unless that is called one of posts.

    `/notebook/about/` is a page of the site at `/notebook/`; `/blog/about/` may well be a post of a larger one.
    """
    is_below = path.startswith(folder) and path != folder
    return path[len(folder.rstrip("/")) :] if is_below and POST_STEPS.isdisjoint(folder.lower().split("/")) else path


def is_at_top(url: str, *, within: str = "/") -> bool:
    """Whether a page is in no folder of its site: `/album/`, `/album.html`."""
    return not _folders_of(below(within, unquote(urlsplit(url).path)))


def is_called_sites(url: str) -> bool:
    """Whether a page is called as those that every site has are, or lists: `/about/`, `/tags.html`."""
    name = unquote(urlsplit(url).path).lower().removesuffix("index.html").rstrip("/").rpartition("/")[2]
    return name.partition(".")[0] in _OF_SITES


def is_filed_as_other(url: str, *, within: str = "/") -> bool:
    """Whether a page is in a folder of something else, at the root of the site or of one of its languages."""
    *above, folder = _folders_of(below(within, unquote(urlsplit(url).path))) or [""]
    of_language = len(above) == 1 and len(above[0]) <= _LONGEST_LANGUAGE and _MAYBE_OF_POSTS.isdisjoint(above)
    return folder in _OF_OTHERS and (not above or of_language)


def _folders(url: str) -> list[str]:
    return _folders_of(unquote(urlsplit(url).path))


def _folders_of(path: str) -> list[str]:
    return path.lower().removesuffix("index.html").strip("/").split("/")[:-1]
