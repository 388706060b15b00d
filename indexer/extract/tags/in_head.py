"""The labels that the head of a page states, and what in labels is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import unquote, urlsplit

from indexer.extract.head.metadata import Metadata
from search_service.engine.tags import normalize_tag

TAG_LABEL = re.compile(
    r"\W*(?:(?:post |article |related )?(?:hash)?tags?|tagged(?: (?:with|as|in|under))?|labels?|keywords?|topics?"
    r"|filed under|schlag-?w[oö]rte[r]?|stichw[oö]rte[r]?|themen|mots[- ]cl[ée]s?|[ée]tiquettes|sujets|etiquetas"
    r"|etiquetado|palabras clave|temas|palavras-chave|parole chiave|argomenti|trefwoorden|onderwerpen|aiheet|asiasanat"
    r"|emner|emneord|emneknagger|stik?kord|nøgleord|ämnen|taggar|nyckelord|etiketter|avainsanat|tunnisteet|marcadores"
    r"|etichette|etiquetes|tagi|słowa kluczowe|štítky|klíčová slova|značky|címkék|oznake|ознаке|etiket(?:ler)?|etykiety"
    r"|etichete|etiketak|etikedoj|ετικέτες|thẻ|nhãn|từ khóa|теги|метки|ярлыки|ключевые слова|мітки|позначки|етикети"
    r"|แท็ก|ป้ายกำกับ|टैग|लेबल|ট্যাগ|குறிச்சொற்கள்|(?:ال)?وسوم|الكلمات (?:المفتاحية|الدلالية)"
    r"|برچسب[\u200c ]?ها|کلمات کلیدی|תגיות|תגים|标签|標籤|关键词|關鍵字|タグ|ラベル"
    r"|キーワード|태그|키워드)"
    r"(?:\s*[:：]\s*|\s+(?=#)|\s*$)",
    re.IGNORECASE,
)
"""What announces labels: "Tags:", "Filed under"."""
CATEGORY_LABEL = re.compile(
    r"\W*(?:categor(?:y|ie|ies|ii|[ií]as?)|catégories?|kategor(?:i|ie|ien|ier|ije|ija|iler|iat?|ií|iak|ioj?)|kategóri[aá]k?"
    r"|rubriques?|rubryka|rubrik(?:en|a|y)?|рубрик[аи]|категор(?:ия|ии|ія|ії)|раздел|luok[ak]a|luokat|κατηγορί(?:α|ες)"
    r"|chuyên mục|danh mục|หมวดหมู่|(?:ال)?تصنيف(?:ات)?|القسم|دسته(?:[\u200c ]?(?:ها|بندی))?|קטגורי(?:ה|ות)|श्रेणी|বিভাগ"
    r"|カテゴリー?|카테고리|분류|分类|分類)\s*[:：]\s*"
    r"|\W*posted at \d\d?[:.]\d\d(?:\s?[ap]\.?m\.?)? in\s*",
    re.IGNORECASE,
)
"""What announces categories: "Category:", and TypePad's "Posted at 10:11 PM in"."""
NO_LABELS = frozenset(
    {
        "uncategorized", "uncategorised", "sin-categoría", "sin-categorizar", "sem-categoria", "sense-categoria",
        "non-classé", "sans-catégorie", "senza-categoria", "unkategorisiert", "nicht-kategorisiert", "ohne-kategorie",
        "geen-categorie", "niet-gecategoriseerd", "okategoriserade", "okategoriserad", "ukategoriseret",
        "ikke-kategoriseret", "ukategorisert", "luokittelematon", "bez-kategorii", "nezařazené",
        "nezaradené", "egyéb-kategória", "fără-categorie", "kategorisiz", "без-рубрики", "без-категорії",
        "χωρίς-κατηγορία", "chưa-được-phân-loại", "tak-berkategori", "غير-مصنف", "دسته‌بندی-نشده", "未分类", "未分類",
        "미분류", "無分類",
    }
)  # fmt: skip
"""What systems file posts under whose authors filed them nowhere."""
LONGEST_LABEL = 60
IS_ADDRESS = re.compile(r"://|^www\.", re.IGNORECASE)
"""An address; it is nobody's label, whatever it is marked up as."""
_OF_ALL_POSTS = frozenset({"post", "posts", "blog", "article", "articles"})
_KEYWORD_METAS = ("keywords", "news_keywords", "og:keywords")


def stated_tags(metadata: Metadata) -> frozenset[str]:
    """What the head of the page names as tags or keywords."""
    stated = [*metadata.metas.get("article:tag", ()), *keyword_metas(metadata), *keywords_of(metadata)]
    return frozenset(map(normalize_tag, split(stated)))


def keyword_metas(metadata: Metadata) -> Iterator[str]:
    """The lists of keywords that are meant for search engines."""
    return chain.from_iterable(metadata.metas.get(name, ()) for name in _KEYWORD_METAS)


def article_tags(metadata: Metadata) -> Iterable[str]:
    """The tags that a blog's post states for its previews; those of news articles are an archivist's."""
    return () if _is_news(metadata) else split(metadata.metas.get("article:tag", ()))


def keywords_of(metadata: Metadata) -> Iterable[str]:
    """The keywords of a blog's post; those of news are an archivist's or an advertiser's, of recipes for searchers.

    "Blog" alone is what themes state of all posts.
    """
    if metadata.article is None or _is_news(metadata) or "Recipe" in metadata.article.types:
        return ()
    keywords = list(split(metadata.article.keywords))
    return keywords if len(keywords) != 1 or normalize_tag(keywords[0]) not in _OF_ALL_POSTS else ()


def _is_news(metadata: Metadata) -> bool:
    return metadata.article is not None and "NewsArticle" in metadata.article.types


def captioned(metadata: Metadata) -> Iterator[str]:
    """What a preview of the page shows below a caption like "Filed under"."""
    return split(metadata.captioned(TAG_LABEL.fullmatch))


def sections_of(metadata: Metadata, *, url: str) -> Iterator[str]:
    """The sections of the site that the page is in."""
    yield from without_folders(metadata.metas.get("article:section", ()), url=url)
    if metadata.article:
        yield from without_folders(metadata.article.sections, url=url)
    yield from without_folders(marked_sections(metadata), url=url)


def marked_sections(metadata: Metadata) -> Iterable[str]:
    """The sections that the one such mark-up on the page states; several are those of other posts, too."""
    stated = metadata.metas.get("articlesection", ())
    return split(stated) if len(stated) == 1 else ()


def without_folders(sections: Iterable[str], *, url: str) -> Iterator[str]:
    """The sections but those that only say where the posts are: the folder of the page's address, as Hugo has it."""
    folders = unquote(urlsplit(url).path).split("/")
    return (each for each in sections if each not in folders and normalize_tag(each) not in _OF_ALL_POSTS)


def split(values: Iterable[str]) -> Iterator[str]:
    """The labels in lists with commas; what is longer than labels are is prose."""
    labels = (label for value in values for label in value.split(","))
    return (label for label in labels if len(label) <= LONGEST_LABEL and not IS_ADDRESS.search(label))
