"""Which name a byline holds."""

from __future__ import annotations

import pytest

from indexer.extract.authors.bylines import is_full_name, is_label, named_in, starts_as_byline


@pytest.mark.parametrize(
    "line",
    [
        "By Ines Robledo", "Posted by Ines Robledo on 3 May",
        "von Ines Robledo", "Par Ines Robledo", "por Ines Robledo",
        "di Ines Robledo", "Autor: Ines Robledo", "Text: Ines Robledo | 3 min read", "An article by Ines Robledo",
        "By Ines Robledo, Fri, 07/06/2012 - 14:00", "By Ines Robledo.",
        "Eine Kolumne von Ines Robledo", "Written by: Ines Robledo, Tuesday", "Redaktion: Ines Robledo (The Mill)",
        "Napsala Ines Robledo", "Autorka: Ines Robledo", "Yazar: Ines Robledo · 3 Mayıs", "Đăng bởi Ines Robledo",
        "Tác giả: Ines Robledo", "від Ines Robledo", "Από Ines Robledo", "Συντάκτης: Ines Robledo", "Oleh Ines Robledo",
        "โดย Ines Robledo", "लेखक: Ines Robledo", "מאת Ines Robledo", "נכתב על ידי Ines Robledo",
        "本文作者：Ines Robledo", "この記事を書いた人: Ines Robledo", "게시물 작성자: Ines Robledo",
        "Автор записи: Ines Robledo", "Опубликовала Ines Robledo", "Opublikowane przez Ines Robledo",
        "Autore del post: Ines Robledo", "Autor des Beitrags: Ines Robledo", "Auteur du billet : Ines Robledo",
        "Tác giả bài viết: Ines Robledo", "Skrivet av Ines Robledo", "Escrit per Ines Robledo", "Egilea: Ines Robledo",
        "Verkis Ines Robledo", "por\n Ines Robledo", "Posted by Ines Robledo. Permalink | TrackBack",
        "Enviado por Ines Robledo el Vie, 07/06/2012 - 14:00", "Postado por Ines Robledo às 12:30",
        "Soumis par Ines Robledo le ven, 07/06/2012", "Eingereicht von Ines Robledo am Fr, 07/06/2012 - 14:00",
        "Trimis de Ines Robledo la Vin, 07/06/2012", "Отправлено Ines Robledo в Пт, 07/06/2012",
        "Rédigé par Ines Robledo", "Posté par Ines Robledo le samedi 2 juin", "Eingestellt von Ines Robledo",
        "Publicado por Ines Robledo em 2 de junho", "Postado por Ines Robledo em junho 02, 2019",
        "Publicado por Ines Robledo en junio 02, 2019", "Geplaatst door Ines Robledo op zondag 2 juni",
        "Diposting oleh Ines Robledo pada Juni 02, 2019", "Skrevet av Ines Robledo den 2. juni",
        "Enviado por Ines Robledo el Jue, 06/07/2012 - 14:00",
        "Opublikowane przez Ines Robledo o 10:22", "Dodała: Ines Robledo", "Опубликовано Ines Robledo",
        "Bejegyezte: Ines Robledo", "Αναρτήθηκε από Ines Robledo", "작성자 Ines Robledo · 6월 2일",
        "由 Ines Robledo 发表于 2019-06-02", "由Ines Robledo發佈", "文 / Ines Robledo",
        "作者：Ines Robledo 发布于 6月2日",
        "بواسطة Ines Robledo — 3 مايو", "الكاتب: Ines Robledo", "نویسنده: Ines Robledo", "توسط Ines Robledo",
    ],
)  # fmt: skip
def test_a_byline_gives_the_name_alone(line: str) -> None:
    assert starts_as_byline(line)
    assert named_in(line) == "Ines Robledo"


@pytest.mark.parametrize(
    "line",
    [
        "View all of Ines Robledo's posts.", "View all posts by Ines Robledo",
        "Alle Beiträge von Ines Robledo ansehen", "About Ines Robledo", "Über Ines Robledo", "À propos de Ines Robledo",
    ],
)  # fmt: skip
def test_a_link_to_all_that_somebody_wrote_names_them(line: str) -> None:
    assert named_in(line) == "Ines Robledo"


@pytest.mark.parametrize(
    "line",
    [
        "Posted on June 2, 2019 by Ines Robledo", "Publié le 2 juin 2019 par Ines Robledo",
        "Опубликовано 2 июня 2019 г., автор: Ines Robledo", "Опубликовано 2 июня 2019, автор: Ines Robledo Метки: мёд",
        "am 2. Juni 2019 um 10:12 Uhr von Ines Robledo", "2019-06-02 at 10:22 am by Ines Robledo | 3 comments",
        "Seg, 22/12/2008 - 11:32 by Ines Robledo Tags:",
    ],
)  # fmt: skip
def test_a_line_may_name_the_day_first(line: str) -> None:
    assert named_in(line) == "Ines Robledo"


@pytest.mark.parametrize(
    "line",
    ["By Ines Robledo, Executive Editor", "By Ines Robledo, AP National Writer", "Par Ines Robledo Envoyée spéciale"],
)
def test_a_job_at_a_paper_is_no_part_of_a_name(line: str) -> None:
    assert named_in(line) == "Ines Robledo"


def test_a_short_form_in_brackets_is_part_of_a_name_and_what_ends_it_in_brackets_is_none() -> None:
    assert named_in("By Ines (Nes) Robledo") == "Ines (Nes) Robledo"
    assert named_in("By Ines Robledo (Staff)") == named_in("By Ines Robledo (2019) Mill") == "Ines Robledo"


@pytest.mark.parametrize("line", ["by Ines1a", "Ines1a tarafından 3 Mayıs", "Ines1a 3 May", "Ines1a, 3 min read"])
def test_a_nickname_ends_at_no_digit_of_its_own(line: str) -> None:
    assert named_in(line) == "Ines1a"
    assert named_in("2019-04-04 by") == ""


def test_a_preposition_and_a_number_end_a_name_but_begin_some() -> None:
    assert named_in("Words by Em Smith 2020") == "Em Smith"
    assert named_in("By Le Corbusier") == "Le Corbusier"


def test_a_preposition_ends_a_name_before_a_number_alone() -> None:
    assert named_in("Door Ines van den Berg") == "Ines van den Berg"
    assert named_in("Door Ines van den Berg op 2 juni") == "Ines van den Berg"
    assert named_in("由来") == "由来"


def test_what_stands_between_a_year_and_a_particle_is_a_part_of_the_name() -> None:
    assert named_in("2 June 2019 Ines von Robledo") == ""


def test_what_says_that_something_was_handed_in_is_no_name() -> None:
    assert named_in("Submitted on Mon, 2019-01-21 13:49") == ""


@pytest.mark.parametrize("line", ["Written by", "Author:", "von", "Autor(in):"])
def test_a_label_without_a_name_is_none(line: str) -> None:
    assert is_label(line)
    assert named_in(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Date",
        "2 June 2019",
        "https://mill.example/ines",
        "What is honey?",
        "one two three four five six seven eight nine",
        "View Author Page",
        "More from this author",
    ],
)
def test_what_is_no_name_is_none(line: str) -> None:
    assert named_in(line) == ""


def test_a_long_line_is_read_in_no_time() -> None:
    assert named_in("posts by " * 50_000) == ""


@pytest.mark.parametrize("name", ["Ines Robledo", "Jo von der Mühle", "Dr. Ang Xiao", "Christian P. Stadtfeld"])
def test_a_full_name_is_two_to_five_words_with_capitals(name: str) -> None:
    assert is_full_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "Categoria: Eventos",
        "Ines",
        "Member Login",
        "Edit Profile",
        "Bees And Wax",
        "keeping Bees",
        "THE MILL",
        "Ines Robledo 2019",
        "Ines RobledoFollow",
        "",
    ],
)
def test_a_heading_a_button_or_a_single_word_is_no_full_name(text: str) -> None:
    assert not is_full_name(text)


def test_a_french_article_in_a_name_does_not_end_it() -> None:
    assert named_in("Par Loïc Le Clerc le 3 mai") == "Loïc Le Clerc"


@pytest.mark.parametrize(
    "day",
    ["vendredi 3 mai 2019", "Freitag, 3. Mai 2019", "viernes 3 de mayo", "venerdì 3 maggio", "Fri May 03 2019"],
)
def test_a_day_of_the_week_behind_a_comma_ends_a_name(day: str) -> None:
    assert named_in(f"Par Ines Robledo, {day}. • Abeilles") == "Ines Robledo"


def test_a_field_and_its_value_are_no_name() -> None:
    assert named_in("Kategória: Gépek") == ""
    assert named_in("Author: Ines Robledo") == "Ines Robledo"
