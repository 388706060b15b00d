"""Names in bylines: `Posted by A. Writer on 3 May | 2 min read` -> `A. Writer`."""

from __future__ import annotations

import re

from indexer.extract.markup.dom import vocabulary

_LONGEST_NAME = 60
"""Characters; what is longer is a sentence."""
_MOST_WORDS = 8
_MOST_WORDS_SIGNED = 5
_FEWEST_WORDS_OF_FULL = 2
_MOST_WORDS_OF_NICKNAME = 3
_PARTICLES = vocabulary("von van de der den del da di du dos das do la le el al bin ibn ter ten zu zur af av st")
_NOT_IN_NAMES = vocabulary(
    "a about account add alle alles all and archive archives article articles as at blog by comment comments"
    " contact create edit edition for from get guide home how in is learn log login member menu more my news next no"
    " not of on or our out page post posts print profile read register review reviews search see share sign size"
    " subscribe tags team text the this to today top up us view we what why with you your und mit für ein eine der"
    " die das"
)
"""Words that are written with a capital in headings and on buttons; names may have some of them in lower case."""

_BY = (
    r"(?:(?:(?:an?|eine?|une?) )?(?:(?:re)?(?:written|posted|published|submitted|reviewed|created)|words|text"
    r"|texte|story|article|artikel|beitrag|kolumne|kommentar|publi[ée]e?"
    r"|post[ée]e?|[ée]crite?|r[ée]dig[ée]e?|propos[ée]e?|envoyée?|soumise?|mise? en ligne|escrito|publicado|enviado"
    r"|postado|creado|criado|submetido|redactado|scritto|pubblicato|postato|inviato|inserito|gepostet|verfasst"
    r"|veröffentlicht|geschrieben|gespeichert|eingereicht|eingestellt|erstellt|skrevet|indsendt|lagt inn|lagt upp"
    r"|inlagd|upplagd|skickat|publicera[dt]|publisert|udgivet|gepost|geplaatst|gepubliceerd|geschreven|ingezonden"
    r"|skriv(?:en|et)|ditulis|diposting|dicatat|(?:được )?(?:đăng|viết)|αναρτήθηκε|δημοσιεύτηκε|опубліковано|เขียน"
    r"|โพสต์|כתב|נכתב|פורסם|نشرت?|كتب)?"
    r"\s*(?:by|von|par|por|di|door|av|af|da|oleh|bởi|від|από|โดย|מאת|על[ -]ידי|بواسطة|بقلم|توسط)"
    r"|(?:scris|publicat|postat|trimis) de|(?:escrit|publicat|enviat) per"
    r"|(?:(?:napisan|opublikowan|wysłan|dodan)[eya] )?przez"
    r"|(?:опубликова|написа|добави|размести)л[аи]?|опубликовано(?: пользователем|(?!\s*:?\s*\d{1,4}[\s./-]))"
    r"|отправлено|прислала?|автором|verkis"
    r"|napsala?|vložila?|přidala?|vystavila?|napísala?|(?:napisa|doda|opublikowa)ła?|lähettänyt|kirjoittanut|yazan"
    r"|gönderen|írta|beküldte|közzétette|bejegyezte|γράφει (?:ο|η)|작성자|글쓴이|كتب(?:ه|ها|ت)?)"
)
_FIELD = (
    r"(?:(?:text|words|texte?) (?:&|and|und|et|y|e) (?:photos?|fotos?|pictures|images?|bilder|video)"
    r"|author|autor(?:in|ka|es)?(?: des (?:artikels|beitrags))?|auteur(?: du billet| de l['’]article)?"
    r"|autore?(?: del(?:l['’]articolo| (?:art[ií]culo|post)))?|writer|redaktion|redactie|words|text|texte|testo|story"
    r"|författare|skribent|forfatter|kirjoittaja|szerző|penulis|yazar|συντάκτης|συγγραφέας|tác giả(?: bài viết)?"
    r"|người (?:đăng|viết)|(?:本文|文章|原文|博文)?作者|撰文|文|著者|執筆者?|投稿者|作成者|この記事を書いた人|글쓴이"
    r"|(?:게시물 )?작성자|автор(?:ы| (?:записи|поста|статьи))?|egilea|ผู้เขียน"
    r"|लेखक|लेखिका|(?:ال)?كاتب|المؤلف|نویسنده|מחבר|כותב)"
    r"(?:\((?:s|en|in)\)|s)?"
)
_DATED_BY = (
    r".{0,40}?(?<!\d)(?:19|20)\d\d(?:[\W\d]|\b(?:at|um|à|às|alle|a las|klo|kl|[ap]m|uhr|h)\b){1,30}?"
    r"\b(?:by|von|par|por|di|door|av|af|da|автором)\s+"
)
_ON_A_DAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonntag|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|luned[ìi]|marted[ìi]|mercoled[ìi]"
    r"|gioved[ìi]|venerd[ìi]|sabato|domenica|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|maandag|dinsdag"
    r"|woensdag|donderdag|vrijdag|zaterdag|zondag)"
)
_WRITTEN = "(?:(?:发[表布佈]|發[表布佈]|撰[写寫]|[张張][贴貼]|[编編][辑輯]|[创創]作)[于於在]?)"
_CHINESE = rf"(?:由\s*(?=[^\s，。]\S{{0,30}}(?:\s\S{{1,30}})?\s*{_WRITTEN})|(?:[图圖]?文|撰文|作者)\s*[/／|｜]\s*)"
"""Before names that a word follows, and before a stroke: `由 Linke 发表于 2019-06-02`, `文 / 林克`."""
_LABEL = re.compile(
    rf"^{_DATED_BY}|^.*?(?:\b(?:posts|beiträge|articles|all posts|entradas) {_BY}\s+|^view all of\s+|^\W*{_BY}\s*:?\s+"
    rf"|^\W*{_CHINESE}|\b{_FIELD}\s*[:：]\s*)"
    r"[:：]?\s*",
    re.IGNORECASE,
)
_BEFORE_NAME = rf"^\W*(?:{_BY}\s*:?\s+|{_FIELD}\s*[:：]\s*|{_CHINESE})"
_ENDS_AS_BYLINE = re.compile(rf"^{_DATED_BY}(?=[^\W_])", re.IGNORECASE)
_STARTS_AS_BYLINE = re.compile(rf"{_BEFORE_NAME}(?=[^\W\d_])", re.IGNORECASE)
# Names on a network may begin with a digit, as hours, places of a table and numbers of floors do.
_DIGIT_BEFORE_LETTER = re.compile(r"(?<!\w)\d+[^\W\d_]")
_NICKNAME_AFTER_LABEL = re.compile(rf"{_BEFORE_NAME}(\d+[^\W\d_]\w{{0,30}})(?=\W|$)", re.IGNORECASE)
_IS_LABEL = re.compile(rf"^\W*(?:{_BY}|{_FIELD})\s*[:：]?\s*$", re.IGNORECASE)
_SHORT_FORM = r"(?-i:[A-ZÀ-Þ][^()\d]{0,14}\) [A-ZÀ-Þ][^\W\d_]+$)"
"""What a bracket within a name begins: "Ines (I. M.) Robledo"."""
# What follows a name on the same line: a date, a reading time, another field.
_REST = re.compile(
    rf"\s*(?:[|•·/–—→»@]|\((?!{_SHORT_FORM})"
    r"|\s-\s|(?:^|,\s*|\s+)\d|\s+tarafından\b|,?\s*\b(?:on|in|at|am|last|updated"
    r"|published|posted|follow|min read|subscribe|search for|hace|vor)\b|,?\s*\b(?:le|el|il) \d"
    r"|,\s*(?:[^\W\d_]+ ){0,2}(?:editor|writer|reporter|correspondent|columnist|contributor|journalist)\b"
    r"|\s+envoyée?s? spécia(?:le?s?|ux)\b"
    r"|(?<=\w),?\s+(?:a las|alle(?: ore)?|às|el|em|il|klo?|la|le|op|um|w|zaman|в)\s*[:.]?\s+"
    r"(?:[^\W\d_]{2,12}[.,]*\s+)?\d"
    r"|[.,]?\s+(?:permalink|permanent link|trackbacks?|comments?|filed|tagged|tags|labels|categories|etiquetas"
    r"|categor[ií]as|marcadores|kategorien|schlagwörter|метки|теги|рубрик[аи]|категори[ия])\b"
    r"|\s+(?-i:en|den|på|dnia|dne|dia|o),?\s+(?:(?-i:[a-zà-ÿ])\w*[.,]?\s+)?\d|\s+(?-i:pada)\s"
    r"|,?\s*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d"
    r"|,\s*(?:mon|tue|wed|thu|fri|sat|sun),?\s+(?:[a-z]{3,9}\.?\s+)?\d"
    rf"|,\s*{_ON_A_DAY}\b"
    r"|,?\s*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|['’]s posts\b|(?:ansehen|anzeigen|bekijken)$"
    rf"|\s*{_WRITTEN}(?:\s|\d|$)).*$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{4})\.$")
"""At the end of a sentence; not that of "Jr."."""
_LONGEST = 1_000
"""Characters of a text at whose beginning a name is looked for."""
_ADDRESS = re.compile(r"https?://|@\w+\.|^/|^www\.", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"[^\W\d_A-Z]{4}[A-Z]")
_NOT_A_NAME = re.compile(r"[?!{}<>=]|\w[:：]\s|\.\s+\w+\s+\w+\s+\w+")
_FIELD_NAMES = re.compile(
    rf"^(?:(?!redaktion){_FIELD}|about the author|category|use case|mehr artikel|quelle|source|datum|date|posted"
    r"|published|submitted|unknown|photos?|fotos?|by|von|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:all|edit|more|read|see|view|visit) (?:.* )?(?:articles|author|page|posts|profile|stories))$",
    re.IGNORECASE,
)


_ABOUT = re.compile(
    r"(?:about|über|[àa] propos de|qui est|sobre|acerca de|informazioni su|over|om|об авторе:?|关于|關於)\s+",
    re.IGNORECASE,
)
"""What heads the lines on the author below a post: "About Ines Robledo"."""


def starts_as_byline(text: str) -> bool:
    """Whether a line is a byline: "By A. Writer", "Autor: A. Writer"."""
    return _STARTS_AS_BYLINE.match(text) is not None


def ends_as_byline(text: str) -> bool:
    """Whether a line is a date and a byline: "2 June 2019 - 10:22 by ines"."""
    return _ENDS_AS_BYLINE.match(text) is not None and is_nickname(named_in(text))


def is_label(text: str) -> bool:
    """Whether a line only announces a name: "Written by", "Author:"."""
    return _IS_LABEL.match(text) is not None


def named_in(text: str) -> str:
    """The name in a line that names an author; "" where what is left of it is no name."""
    text = text[:_LONGEST]
    if is_label(text):
        return ""
    if _ADDRESS.search(text):
        return ""
    name = _FULL_STOP.sub("", _REST.sub("", _LABEL.sub("", text, count=1)).strip(" ,;:|-–—•·"))
    about = _ABOUT.match(name)
    if about is not None and is_full_name(name[about.end() :]):
        return name[about.end() :]
    return name if _looks_like_a_name(name) else ""


def signed_in(text: str) -> str:
    """The name in a line that may be a sentence: of a few words that begin as names do."""
    name = named_in(text)
    return name if name.count(" ") < _MOST_WORDS_SIGNED and not name[:1].islower() else ""


def nickname_in(line: str) -> str:
    """The nickname in a byline of nothing else, where it begins with a digit: "By 0xines"; "" where there is none."""
    found = _NICKNAME_AFTER_LABEL.match(line[:_LONGEST]) if _DIGIT_BEFORE_LETTER.search(line) else None
    return found.group(1) if found else ""


def is_nickname(text: str) -> bool:
    """Whether `text` may be a name that is written in any letters, `ines` and `林克` too: three words at most."""
    words = text.casefold().split()
    return 0 < len(words) <= _MOST_WORDS_OF_NICKNAME and _NOT_IN_NAMES.isdisjoint(words) and _looks_like_a_name(text)


def is_full_name(text: str) -> bool:
    """Whether `text` is written as people's names are, and little else: two to five words, each with a capital."""
    words = text.split()
    return (
        _FEWEST_WORDS_OF_FULL <= len(words) <= _MOST_WORDS_SIGNED
        and all(word in _PARTICLES or (word[0].isupper() and word.lower() not in _NOT_IN_NAMES) for word in words)
        and any(map(str.islower, text))
        and not any(each.isdigit() or each in ":：" for each in text)
        and not _RUN_TOGETHER.search(text)
        and _looks_like_a_name(text)
    )


def _looks_like_a_name(text: str) -> bool:
    """Whether `text` may be a name: short, with letters, no address, no word that only stands beside names."""
    short = len(text) <= _LONGEST_NAME and text.count(" ") < _MOST_WORDS
    return short and any(map(str.isalpha, text)) and not _NOT_A_NAME.search(text) and not _FIELD_NAMES.match(text)
