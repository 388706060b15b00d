"""Sites whose markup says little: elements without names, lines that tell several things."""

from __future__ import annotations

import datetime as dt

from .conftest import Site, prose


def _posts(
    site: Site, header: str, after: str = "", *, lang: str = "en", text: str = "{prose}", count: int = 16
) -> None:
    site.frame = site.frame.replace('lang="en"', f'lang="{lang}"')
    for number in range(1, count + 1):
        title = f"Note {number} from the mill"
        date = dt.date(2019, number % 12 + 1, number % 18 + 10)
        fields = {"number": number, "date": date, "shown": f"{date:%d.%m.%Y}", "prose": prose(number)}
        main = f"<h1>{title}</h1>{header}{text}{after}".format(**fields)
        site.write(f"note-{number}", f"<article>{main}</article>", title=title)


def test_a_date_in_a_paragraph_like_any_other_takes_none_of_the_text_with_it(site: Site) -> None:
    _posts(site, "<p>Geschrieben am {shown} von Ada</p>", "<p>Seen on {date} again.</p>", lang="de")
    document = site.documents()["note-3"]
    assert document.date == dt.date(2019, 4, 13)
    assert [line for line in ("part 0.", "part 3.", "Seen on") if line not in document.body] == []
    assert "Geschrieben" not in document.body


def test_other_posts_below_a_heading_that_announces_them_are_no_text(site: Site) -> None:
    card = '<article><h3><a href="/note-{0}/">Note {0}</a></h3><p>What note {0} says, at some length, of the mill.</p>'
    cards = "".join(card.format(number) + "</article>" for number in (2, 5, 9))
    _posts(
        site,
        "<div>{shown}</div>",
        f"<section><h2>Read also</h2><div>{cards}</div></section>",
        text="<div>{prose}</div>",
    )
    shown = site.extracted()["note-3"].extraction
    assert shown is not None
    assert shown.template is not None
    assert "part 3." in shown.document.body
    assert "at some length" not in shown.document.body


def test_each_language_of_a_site_writes_its_dates_of_numbers_as_it_does(site: Site) -> None:
    for number in range(1, 33):
        lang, form = ("de", "%d/%m/%Y") if number % 2 else ("en-US", "%m/%d/%Y")
        date = dt.date(2019, number % 12 + 1, number % 28 + 1)
        site.frame = site.frame.replace('lang="en"', "lang=LANG").replace("lang=de", "lang=LANG")
        site.frame = site.frame.replace("lang=en-US", "lang=LANG").replace("lang=LANG", f"lang={lang}")
        main = f'<article><h1>Note {number}</h1><p class="day">{date.strftime(form)}</p>{prose(number)}</article>'
        site.write(f"note-{number}", main, title=f"Note {number}")
    documents = site.documents()
    for number in range(1, 33):
        assert documents[f"note-{number}"].date == dt.date(2019, number % 12 + 1, number % 28 + 1)


def test_people_on_the_template_of_the_posts_are_none(site: Site) -> None:
    _posts(site, '<div class="top"><p>{shown}</p></div>', text="<div>{prose}</div>")
    for number in range(3):
        main = f'<h1>Ada {number}</h1><div class="top"><p>Here since 02.06.2018</p></div><div>{prose(number)}</div>'
        site.write(f"people/{number}", f"<article>{main}</article>", title=f"Ada {number}")
    assert sorted(site.documents()) == sorted(f"note-{number}" for number in range(1, 17))


def test_links_are_relative_to_the_address_that_the_page_names(site: Site) -> None:
    site.head = '<base href="https://mill.example/">'
    links = "".join(f'<a href="tags/{tag}/">{tag}</a> ' for tag in ("bees", "x{number}"))
    _posts(site, "<div>{shown}</div>", f"<p>{links}</p>", text="<div>{prose}</div>", count=40)
    for number in range(1, 41):
        moved = site.folder / f"{number}"
        moved.mkdir()
        (site.folder / f"note-{number}").rename(moved / "note")
    tags = {name: [tag.tag for tag in document.tags] for name, document in site.documents().items()}
    assert tags == {f"{number}/note": ["bees", f"x{number}"] for number in range(1, 41)}


def test_pages_that_only_say_when_they_were_changed_are_none_of_posts_that_say_when_they_were_published(
    site: Site,
) -> None:
    _posts(site, '<p class="top">{shown}</p>', text="<div>{prose}</div>")
    for number in range(8):
        main = f"<h1>Flour {number}</h1><p>Stand: 02.06.2018</p><div>{prose(number)}</div>"
        site.write(f"flour/{number}", f"<article>{main}</article>", title=f"Flour {number}")
    assert sorted(site.documents()) == sorted(f"note-{number}" for number in range(1, 17))


def test_a_long_byline_with_the_date_is_none_of_the_text(site: Site) -> None:
    _posts(site, "<p>Veröffentlicht von Ines Margarethe Robledo am {shown}</p>", lang="de")
    document = site.documents()["note-3"]
    assert (document.date, document.author) == (dt.date(2019, 4, 13), "Ines Margarethe Robledo")
    assert document.body.startswith("Entry 3, part 0.")


def test_the_owner_whom_the_line_of_a_copyright_names_is_no_place_of_the_author(site: Site) -> None:
    """It names them as it names owners, with a sign before and a stop behind."""
    site.sidebar = "<p>&copy; Ada Miller.</p>"
    _posts(site, "<p><em>Ada Miller, {date}</em></p>")
    assert {document.author for document in site.documents().values()} == {"Ada Miller"}


def test_names_in_blocks_of_their_own_are_several_authors(site: Site) -> None:
    for number in range(1, 17):
        names = ("Ada Miller", "Ines Robledo")[: 2 if number % 4 == 0 else 1]
        head = "".join(f'<meta name="author" content="{name}">' for name in names)
        shown = "".join(f"<p>{name} </p>" for name in names)
        main = f'<h1>Note {number}</h1><div class="by">{shown}</div><p>2019-03-{number + 9}</p>{prose(number)}'
        site.write(f"note-{number}", f"<article>{main}</article>", title=f"Note {number}", head=head)
    documents = site.documents()
    assert documents["note-4"].author == "Ada Miller; Ines Robledo"
    assert documents["note-3"].author == "Ada Miller"
