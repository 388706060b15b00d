"""What the words before a date say of it: published then, changed then, or something else that began or ended."""

from __future__ import annotations

import datetime as dt
import re

from .written import dates_in

_MODIFIED_LABEL = re.compile(
    r"(?:updated|modified|edited|revised|reviewed|last edit|last touched|aktualisiert|geändert|änderung|\bstand(?=\W*$)"
    r"|mis à jour|modifié|actualizad|modificad|atualizad|aggiornat|bijgewerkt|uppdaterad|opdateret|oppdatert|päivitetty"
    r"|обновлен|изменен|оновлен|змінен|aktualiz|zmodyfikowan|upraven|frissítve|módosítva|güncelle|ενημερώθηκε"
    r"|diperbarui|cập nhật|更新|修改|수정|最終|업데이트|แก้ไข|อัปเดต|تحديث|به[\u200c ]?روزرسانی|ویرایش|עודכן"
    r"|अपडेट)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"\b(?:since|until|till|ends|ending|expires|starts|starting|taken|shot|joined|seit|bis|endet|beginnt|gültig"
    r"|aufgenommen|depuis|jusqu['’]au|expire|desde|hasta|até|termina|vence|dal|fino al|scade|inizia|sinds|tot|sedan"
    r"|siden|(?:exported|imported|archived|retrieved|accessed|(?:last )?seen|exportiert|archiviert|abgerufen)"
    r"(?: (?:from|aus|von) \S+)?)\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
"""What comes before the day on which something else began, happened or ends: "Exported from Medium on"."""
_ENTRY_WAS = (
    r"(?:this|dies\w+|cet(?:te)?|est[ae]|quest[oa]) (?:entry|post|article|eintrag|beitrag|artikel|billet|entrada"
    r"|artículo|articolo|artigo) (?:was|wurde(?: am)?|a été|ha sido|fue|è stat[oa]|foi)\b\W*"
)
_NOTE_ON_ENTRY = re.compile(
    rf"\W*{_ENTRY_WAS}(?:posted|published|written|added|am\b|von\b|in\b|unter\b|\d|publi|post[ée]|pubblicat|escrit)"
    r".{0,120}?(?:(?:filed|posted|tagged) (?:under|in)\b|\brss\b|perma-?lin[kc]|lien permanent|trackback|abgelegt"
    r"|gespeichert|verschlagwortet|lesezeichen|\bclass[ée]|archiviat|archivad|guardad)",
    re.IGNORECASE,
)
_PUBLISHED_LABEL = re.compile(
    rf"\W*(?:{_ENTRY_WAS}|(?:re\W*)?(?:published|posted|veröffentlicht|publiziert|publié|publicad|pubblicat|gepubliceerd"
    r"|publicerad|julkaistu|opublikowano|publikováno|zveřejněno|publicat|közzétéve|yayın|δημοσιεύτηκε|đăng|diterbitkan"
    r"|опубликован|опубліковано|发布|發布|公開|작성|게시|(?:기사\s?)?(?:입력|등록)(?=\W*\d)|เผยแพร่|نشر|منتشر|פורסם))",
    re.IGNORECASE,
)
_LABEL_WITHIN = 80
"""Characters before a date that are looked at for what it is the date of."""
_LONGEST_CHANGE = 60
_ENDS_IN_DATE = re.compile(r"[\d日일][)\]]?$")
LONGEST_NOTICE = 500
"""Characters of a note like "This entry was posted on ... You can follow any responses to it ..."."""


def own_dates(text: str, *, lang: str | None, month_first: bool | None = None, changes: bool = False) -> list[dt.date]:
    """The dates in `text` that may be of its publication, in order; with `changes` those of changes, too."""
    own = []
    for at, date in sorted(dates_in(text, lang=lang, month_first=month_first)):
        before = text[max(0, at - _LABEL_WITHIN) : at]
        if not _OTHER_LABEL.search(before) and (changes or not _MODIFIED_LABEL.search(before)):
            own.append(date)
    return own


def is_of_another(before: str) -> bool:
    """Whether the words `before` a date say that it is none of its publication."""
    said = before[-_LABEL_WITHIN:]
    return any(label.search(said) for label in (_OTHER_LABEL, _MODIFIED_LABEL))


def first_own_date(text: str, *, lang: str | None, month_first: bool | None = None) -> dt.date | None:
    """The first date in `text` that may be of its publication; else of a change, the only one some blogs show."""
    both = ((own_dates(text, lang=lang, month_first=month_first, changes=changes)) for changes in (False, True))
    return next((dates[0] for dates in both if dates), None)


def is_note_of_change(text: str) -> bool:
    """Whether a line says when something was changed, and no more: "This page was last updated on 2 June 2019"."""
    if len(text) > _LONGEST_CHANGE or not _ENDS_IN_DATE.search(text) or own_dates(text, lang=None):
        return False
    return bool(own_dates(text, lang=None, changes=True))


def is_note_on_entry(text: str) -> bool:
    """Whether a line is what old themes say below a text: "This entry was posted on ... and is filed under ..."."""
    return len(text) <= LONGEST_NOTICE and _NOTE_ON_ENTRY.match(text) is not None


def is_note_of_publication(text: str) -> bool:
    """Whether a line says first that something was published: "Posted on 2 June 2019 by Ines"."""
    return _PUBLISHED_LABEL.match(text) is not None
