"""The passage that answers a query best."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search_service.engine.model import FoundSection, Section, Snippet
from search_service.engine.snippets import LENGTH, Occurrence, best_passage, marked
from search_service.engine.text import analyzer

from .posts import marked_forms

ENGLISH = analyzer("en")
MOST = LENGTH + 60


def terms(text: str) -> frozenset[str]:
    return frozenset(ENGLISH.terms(text))


def matched(text: str, query: str) -> list[Occurrence]:
    """Where the words of a query stand in a text."""
    wanted = {term: number for number, term in enumerate(sorted(terms(query)))}
    found = [(start, start + len(word), ENGLISH.term(word)) for word, start in zip(*ENGLISH.words(text), strict=True)]
    return [(start, end, wanted[term]) for start, end, term in found if term in wanted]


def passage(body: str, query: str, *, fallback: str | None = None) -> Snippet:
    return best_passage(body, matched(body, query), fallback=fallback)[0]


def forms(body: str, query: str) -> list[str]:
    snippet = passage(body, query)
    return marked_forms(snippet.text, snippet.marks)


def test_a_title_is_shown_whole_with_its_matches_marked() -> None:
    text = "Runs, running & C++"
    title = marked(text, matched(text, "run c++"))
    assert title.text == text
    assert marked_forms(title.text, title.marks) == ["Runs", "running", "C++"]


def test_a_short_text_is_shown_whole() -> None:
    assert passage("The lower back.", "back").text == "The lower back."


def test_a_passage_is_one_line() -> None:
    snippet = passage("The\nlower\tback.\r\nAnd more.", "back")
    assert snippet.text.splitlines() == [snippet.text]
    assert marked_forms(snippet.text, snippet.marks) == ["back"]


def test_many_different_words_beat_many_of_one() -> None:
    body = "back " * 40 + "filler " * 100 + "the back in pain" + " filler" * 100
    assert forms(body, "back pain") == ["back", "pain"]


def test_a_passage_begins_with_its_sentence() -> None:
    body = "Nothing here at all. " * 30 + "In the end the back hurts. " + "Nothing more. " * 30
    assert passage(body, "back").text.startswith("… In the end the back hurts.")


def test_dots_say_where_text_was_left_out() -> None:
    filler = "filler " * 100
    assert passage("back " + filler, "back").text.endswith(" …")
    assert not passage("back " + filler, "back").text.startswith("…")
    assert passage(filler + "back", "back").text.startswith("… ")
    assert not passage(filler + "back", "back").text.endswith("…")


def test_without_a_match_the_fallback_is_shown_and_without_one_the_beginning() -> None:
    assert passage("Body.", "back", fallback="A\nsummary.").text == "A summary."
    assert passage("Body.", "back", fallback="  ").text == "Body."
    beginning = best_passage("word " * 200, ())[0]
    assert beginning.text.endswith("word …")
    assert len(beginning.text) <= MOST


BODY = "Before it.\nSore backs\nRest is best. Walk a little.\nWhen to see a doctor\nWhen pain stays.\nMore"
SECTIONS = (Section(11, 21, "backs"), Section(51, 71, "doctor"), Section(89, 93))


def in_section(query: str) -> tuple[str, FoundSection | None]:
    """The passage of `BODY` for a query, and its section."""
    found = best_passage(BODY, matched(BODY, query), sections=SECTIONS)
    return found[0].text, found[1]


def test_a_passage_below_a_heading_says_below_which_one() -> None:
    assert in_section("walk") == (
        "Rest is best. Walk a little. …",
        FoundSection(Snippet("Sore backs"), "backs"),
    )
    assert in_section("stays") == ("When pain stays. …", FoundSection(Snippet("When to see a doctor"), "doctor"))


def test_a_heading_that_matches_is_marked_and_the_passage_begins_below_it() -> None:
    assert in_section("back rest") == (
        "Rest is best. Walk a little. …",
        FoundSection(Snippet("Sore backs", ((5, 10),)), "backs"),
    )


def test_a_passage_before_the_first_heading_is_in_no_section() -> None:
    assert in_section("before") == ("Before it. …", None)


def test_a_passage_that_runs_on_below_the_next_heading_holds_that() -> None:
    assert in_section("walk stays") == (
        "Rest is best. Walk a little. When to see a doctor · When pain stays. …",
        FoundSection(Snippet("Sore backs"), "backs"),
    )


def test_a_heading_right_below_another_is_text_of_that_one() -> None:
    body = "Care\nAt home\nRest is best."
    found = best_passage(body, matched(body, "care"), sections=(Section(0, 4, "care"), Section(5, 12, "home")))
    assert found == (Snippet("At home · Rest is best."), FoundSection(Snippet("Care", ((0, 4),)), "care"))


def test_marks_stay_on_their_words_where_lines_are_parted() -> None:
    body = "Wax and honey\nTools\nBuy honey.\nThen sell honey\nand wax"
    snippet, _ = best_passage(body, matched(body, "honey wax"))
    assert snippet.text == "Wax and honey · Tools · Buy honey. Then sell honey · and wax"
    assert [snippet.text[first:last].lower() for first, last in snippet.marks] == ["wax", "honey"] + ["honey"] * 2 + [
        "wax"
    ]


def test_a_heading_that_nothing_follows_is_text_itself() -> None:
    assert in_section("more")[1] is None
    assert in_section("more")[0].endswith("More")


def test_a_section_without_a_heading_ends_the_one_before_it() -> None:
    body = "Care\nRest is best.\nThe second page.\nMore\nWalk a little."
    sections = (Section(0, 4, "care"), Section(18, 18), Section(36, 40))
    found = {word: best_passage(body, matched(body, word), sections=sections) for word in ("rest", "second", "walk")}
    assert found["rest"] == (Snippet("Rest is best. …", ((0, 4),)), FoundSection(Snippet("Care"), "care"))
    assert found["second"] == (Snippet("The second page. …", ((4, 10),)), None)
    assert found["walk"][1] == FoundSection(Snippet("More"), None)


def test_dots_say_that_more_of_the_section_comes_before_the_passage() -> None:
    body = "Heading\n" + "Nothing here at all. " * 30 + "In the end the back hurts. " + "Nothing more. " * 30
    found = best_passage(body, matched(body, "back"), sections=(Section(0, 7),))
    assert found[0].text.startswith("… In the end the back hurts.")
    assert found[1] == FoundSection(Snippet("Heading"), None)


def test_an_empty_text_has_an_empty_snippet() -> None:
    assert passage("", "back").text == ""
    assert marked("", ()).text == ""


def test_a_word_longer_than_a_snippet_is_not_marked() -> None:
    word = "a" * 5000
    for body in (word, f"{word} back", f"back {word}", f"{word} {word}"):
        snippet = passage(body, f"{word} back")
        assert len(snippet.text) <= MOST
        assert marked_forms(snippet.text, snippet.marks) in ([], ["back"])


@given(
    st.lists(
        st.sampled_from(
            [
                "back",
                "backs",
                "pain",
                "filler",
                ".",
                "! ",
                " ",
                "\n\n",
                ",",
                "x" * 50,
                "x" * 300,
                "腰痛",
                "(",
                "C++",
                "é",
            ]
        ),
        max_size=200,
    ).map("".join)
    | st.lists(st.sampled_from(["back", "pain", "filler", "Sentence.", "x" * 50, "腰痛"]), max_size=150).map(" ".join)
    | st.text(max_size=600)
)
def test_a_passage_is_short_and_shows_a_match_where_there_is_one(body: str) -> None:
    query = "back pain c++ 腰痛"
    wanted, snippet = terms(query), passage(body, query)
    assert len(snippet.text) <= MOST
    end = 0
    for first, last in snippet.marks:
        assert end <= first < last <= len(snippet.text)
        end = last
        assert wanted & set(ENGLISH.terms(snippet.text[first:last]))
    assert bool(snippet.marks) == bool(wanted & set(ENGLISH.terms(body)))
