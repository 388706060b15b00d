"""What every engine promises, whatever is behind the port.

A subclass provides a fixture `engine`: a real engine, fresh and empty. Order and membership are compared, never
the values of scores: those are local to an engine.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import threading
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from search_service.engine.errors import GenerationMissing, IndexerError, IndexLocked, IndexMissing, PostseekError
from search_service.engine.model import Document, FoundSection, Query, Results, Section, Snippet, Sort, TagCount
from search_service.engine.port import Engine, IndexWriter, Searcher
from search_service.engine.query import parse_query
from search_service.engine.tags import normalize_tag

from . import oracle
from .posts import LABELS, SITE, WORDS, ask, found, marked_forms, names, post, publish, random_posts, update

COMPLETE_FIRST = 3
"""Words of a query up to which posts that hold all of them come first."""

INFLECTED = [
    ("en", "She was running along the rivers", "runs"),
    ("en", "Stretching exercises", "stretched"),
    ("de", "Die Übungen für einen starken Rücken", "Übung"),
    ("fr", "Des massages très relaxants", "massage relaxant"),
    ("es", "Los ejercicios suaves", "ejercicio"),
    ("pt", "Os exercícios de hoje", "exercício"),
    ("it", "Gli esercizi di oggi", "esercizio"),
    ("nl", "De oefeningen van vandaag", "oefening"),
    ("sv", "Övningarna för ryggen", "övning"),
    ("da", "Øvelserne for ryggen", "øvelse"),
    ("no", "Øvelsene for ryggen", "øvelse"),
    ("fi", "Vanhoissa taloissa", "talo"),
    ("ru", "Упражнения для спины", "упражнение"),
    ("ar", "قرأت الكتاب أمس", "كتاب"),
    ("ar", "شربت الشاي مساء", "شاي"),
    ("ar", "شاي بالنعناع", "الشاي"),
    ("ar", "حب من طرف واحد", "الحب"),
    ("hi", "सभी किताबें", "किताब"),
    ("tr", "Eski kitapları okudum", "kitap"),
    ("el", "Ασκήσεις για την πλάτη", "άσκηση"),
    ("hu", "Régi könyvek", "könyv"),
    ("ro", "Cărțile vechi", "cărți"),
    ("id", "Ini bukunya", "buku"),
    ("lt", "Senos knygos", "knyga"),
]

UNSEGMENTED = [
    ("ja", "東京タワーでマッサージを受けました。", "マッサージ", "大阪"),
    ("zh", "我们今天学习背部按摩的方法。", "按摩", "瑜伽"),
    ("th", "วันนี้ฉันไปนวดแผนไทยที่ร้านใหม่", "นวด", "โยคะ"),
    ("th", "วันนี้ฉันไปนวดแผนไทยที่ร้านใหม่", "ร้านใหม่", "โยคะ"),
    ("km", "ថ្ងៃនេះខ្ញុំទៅភ្នំពេញ", "ភ្នំ", "ខែ"),
    ("my", "မြန်မာနိုင်ငံ", "နိုင်ငံ", "စာအုပ်"),
    ("ko", "허리통증에좋은스트레칭", "스트레칭", "요가"),
]

ACCENTS = [
    ("fr", "Un café des élèves", "cafe"),
    ("fr", "Un cafe pres des eleves", "café"),
    ("de", "Die Übung macht den Meister", "ubung"),
    ("de", "Straße", "strasse"),
    ("de", "Müllers schöne Füße", "mueller schoen fuesse"),
    ("de", "Muellers Uebungen", "müller übung"),
    ("es", "El niño durmió", "nino"),
    ("da", "Smørrebrød", "smorrebrod"),
    ("da", "Smørrebrød i Århus", "smoerrebroed"),
    ("da", "Torvet i Aarhus", "Århus"),
    ("no", "Ærlig talt", "aerlig"),
    ("sv", "Räksmörgås", "raksmorgas"),
    ("sv", "Räksmörgås", "raeksmoergaas"),
    ("fi", "Äiti", "aeiti"),
    ("is", "Þórður", "thordur"),
    ("pl", "Łódź", "lodz"),
    ("pl", "Żółte liście", "zolte liscie"),
    ("tr", "Isparta ılık", "ilik"),
    ("tr", "ISPARTA ILIK", "ılık"),
    ("tr", "İSTANBUL'DA", "istanbul'da"),
    ("el", "Ο ΔΡΟΜΟΣ ΓΙΑ ΤΗΝ ΠΟΛΗ", "δρόμος"),
    ("el", "Ο δρόμος για την πόλη", "δρομοσ"),
    ("vi", "Phở bò Việt Nam", "pho bo"),
    ("vi", "Đà Nẵng", "da nang"),
    ("en", "Cafe\u0301 in decomposed letters", "caf\u00e9"),
    ("en", "Ｆｕｌｌ ｗｉｄｔｈ", "full"),
    ("he", "שָׁלוֹם לכולם", "שלום"),
    ("he", "שלום לכולם", "שלומ"),
    ("ar", "كِتَابٌ جديد", "كتاب"),
    ("ar", "المدرسه الجديده", "مدرسة"),
    ("ar", "مستشفى كبير", "مستشفي"),
    ("ar", "أخبار ٢٠١٧", "2017"),
    ("fa", "کتابی", "كتابي"),
    ("hi", "ज़रूर", "जरूर"),
    ("hi", "हाँ", "हां"),
    ("ja", "マッサージの話", "まっさーじ"),
    ("ja", "ひらがなの話", "ヒラガナ"),
    ("ja", "ﾏｯｻｰｼﾞの話", "マッサージ"),
    ("ja", "マッサージの話", "ﾏｯｻｰｼﾞ"),
    ("ja", "マッサーシ\u3099の話", "マッサージ"),
    ("de", "Rücken\u00admassage mit weichen Trennstrichen", "Rückenmassage"),
]


class EngineContract:
    """Subclass this with a fixture `engine`."""

    @pytest.fixture
    def searcher(self, engine: Engine) -> Iterator[Searcher]:
        """A searcher of 300 random posts."""
        publish(engine, *CORPUS)
        with searching(engine) as searcher:
            yield searcher

    # Writing

    def test_the_engine_the_searcher_and_the_writer_are_what_the_port_says(self, engine: Engine) -> None:
        with engine.build() as writer:
            assert isinstance(writer, IndexWriter)
            writer.seal()
            writer.publish()
        assert isinstance(engine, Engine)
        with searching(engine) as searcher:
            assert isinstance(searcher, Searcher)

    def test_a_folder_without_an_index_says_so(self, engine: Engine) -> None:
        with pytest.raises(IndexMissing):
            engine.searcher()
        with pytest.raises(IndexMissing):
            engine.verify()
        with pytest.raises(IndexMissing):
            engine.rollback()
        assert engine.live_id() is None
        assert list(engine.generations()) == []

    def test_an_empty_generation_answers_everything_with_nothing(self, engine: Engine) -> None:
        publish(engine)
        with searching(engine) as searcher:
            for text in ("", "back", '"a phrase"', "-back", "tag:yoga", "after:2016", "author:kim"):
                results = ask(searcher, text)
                assert (results.total, results.hits) == (0, ())
            assert list(searcher.tags()) == []
            assert searcher.document(SITE) is None
            assert searcher.generation.documents == 0

    def test_an_empty_generation_can_be_filled_by_an_update(self, engine: Engine) -> None:
        publish(engine)
        update(engine, post("a", "Back"))
        assert found(engine, "back") == ["a"]

    def test_every_field_of_a_document_comes_back(self, engine: Engine) -> None:
        full = Document(
            url=SITE + "full",
            title="Title",
            body="Body\n\nwith two paragraphs",
            headings=("One", "Two"),
            sections=(Section(0, 4, "body"), Section(6, 25)),
            tags=post("x", tags=("Back Pain", "C++")).tags,
            categories=post("x", tags=("News",)).tags,
            date=dt.date(2017, 3, 22),
            modified=dt.date(2018, 1, 1),
            author="Kim Lee",
            summary="Summary",
            image="https://blog.example/i.png",
            lang="en-GB",
        )
        bare = Document(url=SITE + "bare", title="")
        publish(engine, full, bare)
        with searching(engine) as searcher:
            assert searcher.document(full.url) == full
            assert searcher.document(bare.url) == bare
            assert searcher.document(SITE + "other") is None
            hit = ask(searcher, "title").hits[0]
        assert (hit.url, hit.date, hit.tags, hit.author) == (full.url, full.date, full.tags, full.author)
        assert (hit.image, hit.lang) == (full.image, full.lang)

    def test_all_documents_can_be_read(self, engine: Engine) -> None:
        publish(engine, post("a", "Old"), post("b", "Gone"), post("c", tags=["Tea"]))
        new = post("a", "New", "text")
        update(engine, new, gone=["b"])
        with searching(engine) as searcher:
            assert sorted(searcher.documents(), key=lambda document: document.url) == [new, post("c", tags=["Tea"])]

    def test_words_are_found_in_the_title_the_headings_the_tags_and_the_body(self, engine: Engine) -> None:
        publish(
            engine,
            post("title", "Lavender"),
            post("heading", headings=("Oils", "Lavender")),
            post("tag", tags=("Lavender oil",)),
            post("body", body="Some lavender."),
            post("summary", summary="Lavender"),
        )
        assert sorted(found(engine, "lavender")) == ["body", "heading", "tag", "title"]

    def test_the_last_put_of_an_address_counts(self, engine: Engine) -> None:
        with engine.build() as writer:
            for word in ("first", "second", "third"):
                writer.put(post("a", f"The {word}"))
                writer.put(post(f"other-{word}", "Other"))
            assert writer.seal().documents == 4
            writer.publish()
        assert found(engine, "third") == ["a"]
        assert found(engine, "first second") == []

    def test_what_was_put_can_be_deleted_and_put_again_before_it_is_published(self, engine: Engine) -> None:
        with engine.build() as writer:
            writer.put(post("gone", "Gone"))
            writer.put(post("back", "Back"))
            writer.delete(SITE + "gone")
            writer.delete(SITE + "back")
            writer.put(post("back", "Back again"))
            writer.delete(SITE + "never-there")
            writer.seal()
            writer.publish()
        assert found(engine) == ["back"]
        assert found(engine, "gone") == []

    def test_an_update_replaces_adds_and_deletes_and_keeps_the_rest(self, engine: Engine) -> None:
        publish(engine, post("kept", "Kept"), post("changed", "Old title"), post("gone", "Gone"))
        generation = update(engine, post("changed", "New title"), post("added", "Added"), gone=["gone", "nothing"])
        assert generation.documents == 3
        assert sorted(found(engine)) == ["added", "changed", "kept"]
        assert found(engine, "new") == ["changed"]
        assert found(engine, "old") == found(engine, "gone") == []

    def test_an_update_of_one_address_several_times_leaves_the_last(self, engine: Engine) -> None:
        publish(engine, post("a", "Original"))
        with engine.update() as writer:
            writer.put(post("a", "Second"))
            writer.delete(SITE + "a")
            writer.put(post("a", "Third"))
            writer.put(post("a", "Fourth"))
            writer.seal()
            writer.publish()
        assert found(engine) == ["a"]
        assert found(engine, "fourth") == ["a"]
        assert found(engine, "original second third") == []

    def test_many_updates_leave_what_one_build_of_the_same_posts_has(self, engine: Engine) -> None:
        chance = random.Random(7)
        posts = {document.url: document for document in random_posts(60, seed=1)}
        publish(engine, *posts.values())
        for step in range(12):
            changed = random_posts(60, seed=100 + step)[: chance.randint(0, 8)]
            gone = chance.sample(sorted(posts), k=3)
            update(engine, *changed, gone=[url.removeprefix(SITE) for url in gone])
            posts |= {document.url: document for document in changed}
            for url in gone:
                posts.pop(url, None)
        with searching(engine) as searcher:
            assert searcher.generation.documents == len(posts)
            for text in ("", *WORDS, '"w1 w2"', "w1 -w2"):
                self.check(searcher, list(posts.values()), parse_query(text))
            assert {document.url for document in posts.values()} == set(all_urls(searcher))
            assert all(searcher.document(url) == document for url, document in posts.items())

    def test_an_update_without_an_index_is_a_build(self, engine: Engine) -> None:
        with engine.update() as writer:
            assert writer.base is None
            assert writer.read_state("pages") is None
            writer.put(post("a"))
            writer.seal()
            assert writer.publish().full
        assert found(engine) == ["a"]

    def test_what_was_sealed_cant_be_changed_and_only_that_can_be_published(self, engine: Engine) -> None:
        with engine.build() as writer:
            with pytest.raises(IndexerError):
                writer.publish()
            writer.put(post("a"))
            writer.seal()
            with pytest.raises(IndexerError):
                writer.put(post("b"))
            writer.publish()
        assert found(engine) == ["a"]

    def test_nothing_is_served_before_it_is_published(self, engine: Engine) -> None:
        publish(engine, post("old"))
        with engine.build() as writer:
            writer.put(post("new"))
            assert found(engine) == ["old"]
            writer.seal()
            assert found(engine) == ["old"]
            writer.publish()
            assert found(engine) == ["new"]

    def test_what_isnt_published_leaves_nothing(self, engine: Engine) -> None:
        publish(engine, post("old"))
        before = list(engine.generations())
        with engine.build() as writer:
            writer.put(post("discarded"))
        with engine.update() as writer:
            writer.put(post("sealed"))
            writer.write_state("pages", b"new")
            writer.seal()
        with suppress(KeyboardInterrupt), engine.update() as writer:
            writer.put(post("interrupted"))
            raise KeyboardInterrupt
        with engine.update():
            pass
        assert list(engine.generations()) == before
        assert found(engine) == ["old"]

    def test_a_closed_writer_can_be_closed_again(self, engine: Engine) -> None:
        writer = engine.build()
        writer.put(post("a"))
        writer.close()
        writer.close()
        publish(engine, post("b"))

    def test_a_second_writer_is_told_who_writes(self, engine: Engine) -> None:
        with engine.build(), pytest.raises(IndexLocked, match=rf"process {os.getpid()}\b"):
            engine.update()
        publish(engine, post("a"))
        assert found(engine) == ["a"]

    def test_a_rollback_waits_for_no_writer_but_is_refused(self, engine: Engine) -> None:
        publish(engine, post("a"))
        publish(engine, post("b"))
        with engine.update(), pytest.raises(IndexLocked):
            engine.rollback()
        assert found(engine) == ["b"]

    # Generations

    def test_generations_grow_and_say_what_they_are(self, engine: Engine) -> None:
        first = publish(engine, post("a"), post("b"))
        second = update(engine, post("c"))
        newest, oldest = engine.generations()
        assert [newest.id, oldest.id] == [second.id, first.id]
        assert second.id > first.id
        assert (oldest.full, oldest.base, oldest.documents, oldest.live) == (True, None, 2, False)
        assert (newest.full, newest.base, newest.documents, newest.live) == (False, first.id, 3, True)
        assert engine.live_id() == second.id
        assert newest.created_at >= oldest.created_at
        assert newest.created_at.utcoffset() == dt.timedelta(0)

    def test_the_writer_names_its_base(self, engine: Engine) -> None:
        first = publish(engine, post("a"))
        with engine.update() as writer:
            assert writer.base is not None
            assert (writer.base.id, writer.base.live) == (first.id, True)
        with engine.build() as writer:
            assert writer.base is None

    def test_verify_counts_what_it_checked(self, engine: Engine) -> None:
        first = publish(engine, post("a"))
        update(engine, post("b"))
        assert engine.verify() > 0
        assert engine.verify(first.id) > 0
        with pytest.raises(GenerationMissing):
            engine.verify("19990101T000000Z")

    def test_an_update_that_rewrites_everything_keeps_posts_and_state(self, engine: Engine) -> None:
        """However much changes at once: nothing that was kept may get lost on the way."""
        publish(engine, *(post(f"{number:03}", body="old words") for number in range(120)))
        with engine.update() as writer:
            for number in range(90):
                writer.put(post(f"{number:03}", body="new words"))
            writer.write_state("pages", b"after")
            writer.write_state("templates", b"learned")
            writer.seal()
            writer.publish()
        assert len(found(engine, "old", per_page=100)) == 30
        assert len(found(engine, "new", per_page=100)) == 90
        with engine.update() as writer:
            assert (writer.read_state("pages"), writer.read_state("templates")) == (b"after", b"learned")
            writer.put(post("another"))
            writer.write_state("pages", b"later")
            writer.seal()
            writer.publish()
        with engine.update() as writer:
            assert writer.read_state("pages") == b"later"
            assert writer.read_state("templates") == b"learned", "an update keeps the state that it doesn't write"

    def test_many_phrases_cost_no_more_than_a_few(self, engine: Engine) -> None:
        publish(engine, post("a", "Lower back pain"), post("b", "Neck"))
        with searching(engine) as searcher:
            results = ask(searcher, '"lower back" ' * 70)
            assert (results.total, results.dropped) == (1, ()), "the same phrase is one phrase"
            results = ask(searcher, " ".join(f'-"lower {number}"' for number in range(30)))
            assert (results.total, len(results.dropped)) == (2, 25)
            assert {dropped.why for dropped in results.dropped} == {"beyond the limit of 5 phrases"}

    def test_a_rollback_brings_back_the_posts_and_the_state(self, engine: Engine) -> None:
        for content in (b"one", b"two", b"three"):
            with engine.update() as writer:
                writer.put(post("a", content.decode()))
                writer.write_state("pages", content)
                writer.seal()
                writer.publish()
        third, _, first = engine.generations()
        assert engine.rollback().live
        assert found(engine, "two") == ["a"]
        assert engine.rollback(first.id).id == engine.live_id() == first.id
        assert found(engine, "one") == ["a"]
        with engine.update() as writer:
            assert writer.read_state("pages") == b"one"
            assert writer.read_state("templates") is None
        with pytest.raises(GenerationMissing):
            engine.rollback()
        assert engine.rollback(third.id).id == third.id
        assert found(engine, "three") == ["a"]

    def test_a_rollback_to_an_unknown_generation_changes_nothing(self, engine: Engine) -> None:
        publish(engine, post("a"))
        for name in ("19990101T000000Z", "..", "", "../../etc"):
            with pytest.raises(GenerationMissing):
                engine.rollback(name)
        assert found(engine) == ["a"]

    def test_an_update_after_a_rollback_starts_from_the_live_generation(self, engine: Engine) -> None:
        publish(engine, post("a"))
        publish(engine, post("b"))
        engine.rollback()
        update(engine, post("c"))
        assert sorted(found(engine)) == ["a", "c"]

    def test_a_refused_generation_gives_way_to_the_one_before_it(self, engine: Engine) -> None:
        first = publish(engine, post("a"))
        second = publish(engine, post("b"))
        with searching(engine, refuse=frozenset({second.id})) as searcher:
            assert (searcher.generation.id, searcher.generation.live) == (first.id, False)
        with pytest.raises(PostseekError):
            engine.searcher(refuse=frozenset({first.id, second.id}))

    def test_state_is_what_was_written_last_and_byte_for_byte(self, engine: Engine) -> None:
        content = bytes(range(256)) * 50
        with engine.build() as writer:
            writer.write_state("pages", b"draft")
            writer.write_state("pages", content)
            writer.write_state("empty", b"")
            writer.seal()
            writer.publish()
        with engine.update() as writer:
            assert writer.read_state("pages") == content
            assert writer.read_state("empty") == b""

    def test_a_searcher_keeps_its_generation_while_others_are_published(self, engine: Engine) -> None:
        """Also in threads that ask for the first time after its files have been pruned."""
        publish(engine, post("old", "Old"))
        with searching(engine) as searcher:
            before = ask(searcher, "old")
            for number in range(6):
                publish(engine, post(f"new-{number}", "New"))
            assert searcher.generation.id not in {generation.id for generation in engine.generations()}
            assert ask(searcher, "old") == before
            with ThreadPoolExecutor(3) as pool:
                answers = list(pool.map(lambda _: ask(searcher, "old"), range(6)))
            assert answers == [before] * 6
        assert found(engine) == ["new-5"]

    def test_a_closed_searcher_can_be_closed_again(self, engine: Engine) -> None:
        publish(engine, post("a"))
        searcher = engine.searcher()
        searcher.close()
        searcher.close()

    # Words and ranking

    def test_hits_with_all_words_come_before_those_with_some(self, engine: Engine) -> None:
        publish(
            engine,
            post("one", "Pain pain pain", "pain " * 50),
            post("both", body="A long text about many things. " * 40 + "Back. Pain."),
            post("other", "Back back", "back " * 50),
            post("none", "Yoga"),
        )
        assert found(engine, "back pain")[0] == "both"
        assert sorted(found(engine, "back pain")) == ["both", "one", "other"]

    def test_a_question_finds_posts_that_have_some_of_its_words(self, engine: Engine) -> None:
        publish(engine, post("a", "Relief for the lower back"), post("b", "Yoga"))
        assert found(engine, "what can I do when my lower back hurts after sitting all day?") == ["a"]

    def test_a_word_weighs_more_in_the_title_than_in_the_body(self, engine: Engine) -> None:
        publish(
            engine,
            post("body", "Some words here", "massage and then more"),
            post("title", "Massage words here", "nothing and then more"),
        )
        assert found(engine, "massage") == ["title", "body"]

    def test_words_that_stand_side_by_side_as_they_were_typed_weigh_more(self, engine: Engine) -> None:
        publish(
            engine,
            post(
                "york", "Old streets", "nothing was new when we came from leeds, and york was shut, york of all towns"
            ),
            post("city", "Old streets", "we came from leeds and saw nothing of new york but the hotel that was shut"),
            post("reverse", "Old streets", "we came from leeds and saw york new to us and nothing was shut by then"),
        )
        assert found(engine, "new york ")[0] == found(engine, "leeds New York ")[0] == "city"
        assert found(engine, "york new ")[0] == "reverse"
        with searching(engine) as searcher:
            assert ask(searcher, "new york ").total == 3
        update(
            engine,
            post("city", "Old streets", "we came from leeds, new as we were, and saw nothing of york that was shut"),
            post("late", "Old streets", "we went from leeds to see a little of new york and the hotel that was open"),
        )
        assert found(engine, "new york ")[0] == "late"

    def test_a_rare_word_weighs_more_than_a_frequent_one(self, engine: Engine) -> None:
        publish(
            engine,
            post("rare", "Text", "sciatica"),
            post("frequent", "Text", "back"),
            *(post(f"other-{number}", "Text", "back") for number in range(20)),
        )
        assert found(engine, "back sciatica")[0] == "rare"

    @pytest.mark.parametrize(("lang", "text", "asked"), INFLECTED)
    def test_an_inflected_word_is_found(self, engine: Engine, lang: str, text: str, asked: str) -> None:
        publish(engine, post("hit", text, lang=lang), post("miss", "Xyzzy", lang=lang), post("en", "Plugh", lang="en"))
        for spelling in (asked, asked.upper(), asked.capitalize()):
            assert found(engine, spelling) == ["hit"]

    @pytest.mark.parametrize(
        ("lang", "label", "asked"),
        INFLECTED + ACCENTS + [(lang, asked, asked) for lang, _, asked, _ in UNSEGMENTED],
    )
    def test_the_words_of_a_tag_are_found_in_every_language(
        self, engine: Engine, lang: str, label: str, asked: str
    ) -> None:
        publish(engine, post("hit", tags=[label], lang=lang), post("miss", tags=["Xyzzy"], lang=lang))
        assert found(engine, asked) == ["hit"]
        assert found(engine, f'tag:"{label}"') == ["hit"]

    @pytest.mark.parametrize(("lang", "text", "asked", "absent"), UNSEGMENTED)
    def test_words_of_scripts_without_spaces_are_found(
        self, engine: Engine, lang: str, text: str, asked: str, absent: str
    ) -> None:
        publish(engine, post("hit", body=text, lang=lang), post("miss", "Xyzzy", lang=lang))
        assert found(engine, asked) == ["hit"]
        assert found(engine, f'"{asked}"') == ["hit"]
        assert found(engine, absent) == []

    @pytest.mark.parametrize(("lang", "text", "asked"), ACCENTS)
    def test_accents_and_forms_of_letters_dont_matter(self, engine: Engine, lang: str, text: str, asked: str) -> None:
        publish(engine, post("hit", body=text, lang=lang), post("miss", "Xyzzy", lang=lang))
        assert found(engine, asked) == ["hit"]
        assert found(engine, f'-"{asked}"') == ["miss"]

    @pytest.mark.parametrize(
        ("lang", "accented", "plain"),
        [
            ("en", "How to write a résumé in a day", "How to resume a day of work that was lost"),
            ("de", "Ein Garten ist schön. So schön wie der Wald", "Ein Garten ist schon. So schon wie er schon war"),
            ("es", "El año que viene, si no llueve", "El ano es una parte del cuerpo"),
            ("es", "¡Año nuevo, y vida nueva para todos los que esperan!", "El ano es del cuerpo"),
            ("fr", "Une pêche à la ligne, le pêcheur attend", "Il peche souvent, le pecheur, par la parole"),
        ],
    )
    def test_a_word_that_is_typed_with_accents_prefers_posts_that_write_it_so(
        self, engine: Engine, lang: str, accented: str, plain: str
    ) -> None:
        publish(
            engine,
            post("plain", "Text", plain, lang=lang, date=dt.date(2020, 1, 2)),
            post("accented", "Text", accented, lang=lang, date=dt.date(2020, 1, 1)),
            post("other", "Xyzzy", lang=lang),
        )
        word = next(word for word in accented.split() if not word.isascii()).strip(".,¡")
        for typed in (word, word.upper(), word.capitalize()):
            assert found(engine, typed + " ") == ["accented", "plain"]
        unaccented = "".join(letter for letter in unicodedata.normalize("NFD", word) if letter.isascii())
        assert sorted(found(engine, unaccented + " ")) == ["accented", "plain"]
        update(engine, post("late", "Text", accented, lang=lang), post("plain", "Text", plain, lang=lang))
        assert found(engine, word + " ")[-1] == "plain"

    def test_signs_that_make_a_name_are_part_of_it(self, engine: Engine) -> None:
        publish(
            engine,
            post("c", "Learning C"),
            post("c++", "Learning C++"),
            post("c#", "Learning C#"),
            post("node", "Learning node.js"),
        )
        assert found(engine, "c++") == ["c++"]
        assert found(engine, "C#") == ["c#"]
        assert found(engine, "c") == ["c"]
        assert found(engine, "node.js") == found(engine, '"node js"') == found(engine, "Node") == ["node"]

    def test_an_apostrophe_may_be_left_out(self, engine: Engine) -> None:
        publish(
            engine, post("a", "Why it can't wait"), post("b", "It doesn\u2019t matter"), post("c", "Well, we'll see")
        )
        assert found(engine, "cant") == found(engine, "CAN\u2019T") == ["a"]
        assert found(engine, "doesnt") == found(engine, "doesn't") == ["b"]
        assert found(engine, "well") == ["c"]

    def test_a_word_may_be_written_in_one_or_in_two(self, engine: Engine) -> None:
        publish(engine, post("two", "Back pain"), post("apart", "A pain, and the back"), post("e", "An e-mail for you"))
        with searching(engine) as searcher:
            results = ask(searcher, "backpain ")
            assert names(results) == ["two"]
            assert results.corrected is not None
            assert (results.corrected.meant, results.corrected.insisting) == ("back pain", '"backpain"')
            assert ask(searcher, '"backpain"').total == 0
        publish(engine, post("one", "Backpain"), post("half", "Back home"), post("other", "Neck"))
        assert found(engine, "back pain ") == found(engine, "back-pain ") == ["one", "half"]

    def test_letters_and_a_number_may_be_written_in_one_or_in_two(self, engine: Engine) -> None:
        publish(engine, post("two", "An iPhone 15 case"), post("apart", "An iPhone, and 15 cases"), post("e", "15 GB"))
        with searching(engine) as searcher:
            results = ask(searcher, "iphone15 ")
            assert names(results) == ["two"]
            assert results.corrected is not None
            assert results.corrected.meant.rstrip() == "iphone 15"
            assert names(ask(searcher, "15gb ")) == ["e"]
            assert ask(searcher, "iphone16 ").total == ask(searcher, '"iphone15"').total == 0
        publish(engine, post("one", "An iPhone15 case"), post("half", "An iPhone"), post("other", "1 5"))
        assert found(engine, "iphone 15 ") == found(engine, "iphone-15 ") == ["one", "half"]

    def test_a_letter_before_a_word_isnt_taken_for_a_mistake(self, engine: Engine) -> None:
        others = [post(f"m{number}", "The mail of today") for number in range(5)]
        publish(engine, post("e", "An e-mail for you"), post("a", "A sign"), post("assign", "To assign work"), *others)
        with searching(engine) as searcher:
            assert names(ask(searcher, "email ")) == ["e"]
            assert "assign" in names(ask(searcher, "asign "))

    def test_a_post_without_a_title_is_shown_by_the_first_words_of_its_text(self, engine: Engine) -> None:
        bare = replace(
            post("bare", body="Bees came\nto the garden this morning and stayed in it all day long."), title=""
        )
        publish(engine, bare, replace(post("empty", tags=["Bees"]), title=""), post("titled", "Bees"))
        shown = "Bees came to the garden this morning and stayed in it all …"
        searcher = engine.searcher()
        for text, changes in (("garden", {}), ("garden bees", {}), ("", {"snippets": False})):
            titles = {hit.url: hit.title for hit in ask(searcher, text, **changes).hits}
            assert titles[SITE + "bare"] == Snippet(shown)
        titles = {hit.url: hit.title.text for hit in ask(searcher).hits}
        searcher.close()
        assert titles == {SITE + "bare": shown, SITE + "empty": "", SITE + "titled": "Bees"}

    def test_the_title_that_was_typed_comes_first(self, engine: Engine) -> None:
        publish(
            engine,
            post("title", "On yoga", "nothing more"),
            post("more", "On yoga and on yoga", "yoga " * 9),
            post("within", "More on yoga", "yoga " * 9),
            post("body", "Yoga, yoga, yoga", "on yoga " * 9),
        )
        for text in ("on yoga", "On Yoga!", "on yoga "):
            assert found(engine, text)[:2] == ["title", "more"], text
        assert found(engine, "on yoga and")[0] == found(engine, "on yoga an")[0] == "more"
        assert found(engine, "on yog")[:2] == ["more", "title"], "of two beginnings the one with the better score"
        assert found(engine, "-yoga on") == []
        assert found(engine, "on yoga tag:other") == []

    def test_a_title_is_one_whatever_signs_it_is_written_with(self, engine: Engine) -> None:
        publish(engine, post("title", "A primer of -omics studies"), post("other", "Studies"), post("mat", "Yoga mat"))
        for text in ("A primer of -omics studies", "a primer  of -Omics studies"):
            assert found(engine, text)[0] == "title", text
        publish(
            engine, *(post(f"{n}", f"Rules of \u201cgood tea\u201d (part {n})", "good tea " * n) for n in range(1, 9))
        )
        for n in range(1, 9):
            assert found(engine, f'Rules of "Good tea" (part {n})')[0] == str(n), "so do quotes of one"
        assert found(engine, '"tea rules" (part 3)') == []
        publish(engine, post("title", "A primer of -omics studies"), post("mat", "Yoga mat"))
        assert found(engine, "primer of -omics") == [], "what is no whole title says what it doesn't want"
        assert found(engine, "yoga -mat") == [], "so does what isn't written as one"

    def test_a_title_stays_on_top_as_it_is_typed_on(self, engine: Engine) -> None:
        title = "How to be an angel investor"
        words = sorted({title[start:end].lower() for start in range(len(title)) for end in range(start, start + 9)})
        publish(
            engine, post("a", title), *(post(f"other-{word}", body=f"{word} " * 9) for word in words if word.strip())
        )
        with searching(engine) as searcher:
            for typed in range(len("how to b"), len(title) + 1):
                assert names(ask(searcher, title[:typed].lower()))[0] == "a"

    def test_posts_of_several_languages_are_found_in_one_index(self, engine: Engine) -> None:
        publish(
            engine,
            post("de", "Übungen für den Rücken", lang="de-AT"),
            post("en", "Exercises for the back", lang="en"),
            post("ja", "背中のマッサージ", lang="ja"),
            post("unknown", "Exercising alone"),
        )
        assert found(engine, "Übung") == ["de"]
        assert sorted(found(engine, "exercise")) == ["en", "unknown"]
        assert found(engine, "マッサージ") == ["ja"]

    def test_words_in_no_post_are_dropped_and_named(self, engine: Engine) -> None:
        publish(engine, post("a", "Back pain"))
        with searching(engine) as searcher:
            results = ask(searcher, 'back releif "massage therapy"')
            assert [word.word for word in results.dropped] == ["releif", "massage", "therapy"]
            assert {word.why for word in results.dropped} == {"in no post"}
            only_unknown = ask(searcher, "releif")
            assert (only_unknown.total, [word.word for word in only_unknown.dropped]) == (0, ["releif"])
            assert ask(searcher, "back").dropped == ()

    def test_text_beyond_the_limit_is_named_not_searched(self, engine: Engine) -> None:
        publish(engine, post("a", "Back"), post("b", "Beyond"))
        with searching(engine) as searcher:
            results = ask(searcher, "back " * 200 + "beyond")
            assert names(results) == ["a"]
            assert "beyond" in [word.word for word in results.dropped]

    def test_of_more_than_64_words_the_rarest_are_searched(self, engine: Engine) -> None:
        frequent = [f"f{number}" for number in range(64)]
        rare = [f"r{number}" for number in range(10)]
        publish(
            engine,
            *(post(f"frequent-{number}", "Text", " ".join(frequent)) for number in range(3)),
            post("rare", "Text", " ".join(rare)),
        )
        with searching(engine) as searcher:
            results = ask(searcher, " ".join(frequent + rare))
            dropped = {word.word: word.why for word in results.dropped}
        assert "rare" in names(results)
        assert results.total == 4
        assert len(dropped) == 10
        assert dropped.keys() < set(frequent)
        assert all("64" in why for why in dropped.values())

    def test_a_text_that_asks_for_nothing_finds_everything_newest_first(self, engine: Engine) -> None:
        publish(
            engine,
            post("undated"),
            post("2016", date=dt.date(2016, 1, 1)),
            post("2018", date=dt.date(2018, 1, 1)),
            post("2017", date=dt.date(2017, 1, 1)),
        )
        for text in ("", "   ", '""', '-"!!!"'):
            assert found(engine, text) == ["2018", "2017", "2016", "undated"]

    def test_emoji_find_the_titles_and_tags_that_are_nothing_else(self, engine: Engine) -> None:
        publish(
            engine,
            post("tag", "Neck", tags=["🧘\u200d♀\ufe0f"]),
            post("title", "🥐 🍞"),
            post("words", "🧘 Yoga, 🥐 bread"),
        )
        assert found(engine, "🧘") == found(engine, "🧘🏽 ") == found(engine, "tag:🧘\u200d♀\ufe0f") == ["tag"]
        assert found(engine, "🥐") == suggested(engine, "🥐") == ["title"]
        assert sorted(found(engine, "🥐 bread")) == ["title", "words"]
        assert found(engine, "yoga") == suggested(engine, "yo") == ["words"]
        with searching(engine) as searcher:
            assert len(searcher.suggest("🧘").tags) == 1

    def test_signs_alone_find_nothing_and_are_named(self, engine: Engine) -> None:
        publish(engine, post("a", "Back", tags=["Yoga"]), post("b", "Neck"))
        with searching(engine) as searcher:
            for text, expected in [("🧘", ["🧘"]), ("!? ...", ["!?", "..."]), ('"!!!"', ["!!!"]), ("-", ["-"])]:
                results = ask(searcher, text)
                assert (results.total, results.hits) == (0, ())
                assert [dropped.word for dropped in results.dropped] == expected
            assert names(ask(searcher, "🧘 tag:yoga")) == ["a"], "a filter is something to go by"
            assert ask(searcher, "back 🧘").dropped == ()

    # Phrases and exclusions

    def test_a_phrase_is_its_words_one_after_the_other(self, engine: Engine) -> None:
        publish(
            engine,
            post("phrase", body="pain in the lower back"),
            post("reversed", body="the back lower than"),
            post("apart", body="lower your back"),
            post("inflected", body="lower backs"),
            post("title", "Lower back"),
        )
        assert sorted(found(engine, '"lower back"')) == ["inflected", "phrase", "title"]

    def test_a_phrase_never_runs_from_one_text_into_the_next(self, engine: Engine) -> None:
        publish(engine, post("a", "The lower", "back", headings=("On lower", "backs"), tags=("Lower", "Back")))
        assert found(engine, '"lower back"') == []
        assert found(engine, '"on lower"') == ["a"]

    def test_words_beside_a_phrase_only_rank(self, engine: Engine) -> None:
        publish(engine, post("both", "Lower back yoga"), post("phrase", "Lower back"), post("word", "Yoga"))
        assert found(engine, 'yoga "lower back"') == ["both", "phrase"]

    def test_all_phrases_must_match(self, engine: Engine) -> None:
        publish(engine, post("both", "Lower back and left knee"), post("one", "Lower back"))
        assert found(engine, '"lower back" "left knee"') == ["both"]

    def test_a_phrase_of_signs_is_no_condition(self, engine: Engine) -> None:
        publish(engine, post("a", "Back"), post("b", "Yoga"))
        assert found(engine, 'back "!!!"') == ["a"]
        assert found(engine, 'back -"!!!"') == ["a"]

    def test_exclusions_take_hits_away(self, engine: Engine) -> None:
        publish(
            engine,
            post("a", "Back pain"),
            post("b", "Back massage"),
            post("c", "Back", "lower back"),
            post("d", "Yoga"),
        )
        assert sorted(found(engine, "back -massage")) == ["a", "c"]
        assert sorted(found(engine, 'back -"lower back"')) == ["a", "b"]
        assert found(engine, "-back") == ["d"]
        assert found(engine, "back -back") == []
        assert len(found(engine, "back -xyzzy")) == 3

    def test_an_excluded_word_takes_away_what_it_would_find(self, engine: Engine) -> None:
        texts = [("en", "She was running"), ("de", "Die Übungen"), ("fr", "les élèves"), ("en", "node.js")]
        publish(engine, *(post(str(number), text, lang=lang) for number, (lang, text) in enumerate(texts)))
        for word in ("runs", "ubung", "Übung", "eleve", "élève", "node.js"):
            hits = set(found(engine, word))
            assert hits
            assert set(found(engine, f"-{word}")) == {"0", "1", "2", "3"} - hits

    # Filters

    @pytest.mark.parametrize(
        "spelling", ["back-pain", "#Back Pain", "back_pain", "BACK-PAIN", " Back   Pain ", "ｂack pain"]
    )
    def test_a_tag_is_the_same_tag_however_it_is_spelt(self, engine: Engine, spelling: str) -> None:
        publish(engine, post("a", tags=["Back Pain"]), post("b", tags=["#back_pain"]), post("c", tags=["Back"]))
        wanted = (frozenset({normalize_tag(spelling)}),)
        assert sorted(found(engine, tags_all=wanted)) == ["a", "b"]
        assert sorted(found(engine, f'tag:"{spelling}"')) == ["a", "b"]

    def test_tags_are_combined_with_and_or_and_not(self, engine: Engine) -> None:
        publish(engine, post("xy", tags="XY"), post("x", tags="X"), post("yz", tags="YZ"), post("z", tags="Z"))

        def tagged(*groups: str, none: str = "") -> list[str]:
            return sorted(
                found(engine, tags_all=tuple(map(frozenset, groups)), tags_none=frozenset(none), facets=False)
            )

        assert tagged("x") == ["x", "xy"]
        assert tagged("x", "y") == ["xy"]
        assert tagged("xy") == ["x", "xy", "yz"]
        assert tagged("xy", "z") == ["yz"]
        assert tagged(none="x") == ["yz", "z"]
        assert tagged("y", none="z") == ["xy"]
        assert tagged("q") == []
        assert sorted(found(engine, "tag:x,y -tag:z")) == ["x", "xy"]

    def test_tags_of_any_script_can_be_asked_for(self, engine: Engine) -> None:
        for label in ("标签", "C++", "C#", "Rücken", "Здоровье", "naïve", "🧘", "node.js"):
            publish(engine, post("a", tags=[label]), post("b", tags=["Other"]))
            assert found(engine, f'tag:"{label}"') == ["a"]

    def test_categories_are_not_tags(self, engine: Engine) -> None:
        publish(engine, post("a", tags=["Yoga"], categories=["News"]), post("b", tags=["News"]))
        with searching(engine) as searcher:
            assert names(ask(searcher, "tag:news")) == ["b"]
            assert [(tag.tag, tag.count) for tag in searcher.tags()] == [("news", 1), ("yoga", 1)]
            facets = ask(searcher).facets
            assert facets is not None
            assert {tag.tag: tag.count for tag in facets.tags} == {"news": 1, "yoga": 1}

    def test_date_ranges_take_in_whole_periods(self, engine: Engine) -> None:
        days = ["2016-12-31", "2017-01-01", "2017-02-28", "2017-03-01", "2017-12-31", "2018-01-01"]
        publish(engine, post("undated"), *(post(day, date=dt.date.fromisoformat(day)) for day in days))

        def dated(text: str) -> list[str]:
            return sorted(found(engine, text))

        assert dated("after:2017 before:2017") == days[1:5]
        assert dated("before:2017") == days[:5]
        assert dated("after:2017") == days[1:]
        assert dated("after:2017-02 before:2017-02") == ["2017-02-28"]
        assert dated("before:2017-02-28") == days[:3]
        assert dated("after:2018-01-01") == ["2018-01-01"]
        assert dated("after:2018 before:2016") == []
        assert dated("-before:2016") == dated("after:2017")
        assert dated("-after:2017-02 -before:2016") == days[1:2]
        assert len(dated("")) == 7

    def test_an_author_is_found_by_the_words_of_the_name(self, engine: Engine) -> None:
        publish(engine, post("a", author="Kim Lee"), post("b", author="Zoë Running"), post("c", "Kim"))
        assert found(engine, "author:kim") == found(engine, 'author:"lee KIM"') == ["a"]
        assert found(engine, "author:zoe") == ["b"]
        assert found(engine, "author:run") == found(engine, 'author:"kim park"') == []
        assert found(engine, "-author:kim") == found(engine, '-author:"lee kim"') == ["b", "c"]
        assert found(engine, 'running -author:"kim park" -author:zoe') == []
        assert found(engine, author="!") == []

    def test_a_language_takes_in_its_variants(self, engine: Engine) -> None:
        publish(engine, post("at", lang="de-AT"), post("de", lang="de"), post("en", lang="en"), post("none"))
        assert sorted(found(engine, lang="de")) == ["at", "de"]
        assert found(engine, lang="DE-at") == ["at"]
        assert found(engine, lang="en") == ["en"]
        assert found(engine, lang="fr") == []

    # Order and pages

    def test_posts_without_a_date_come_last_in_both_orders(self, engine: Engine) -> None:
        publish(
            engine,
            post("undated", "Back"),
            post("old", "Back back", date=dt.date(2015, 5, 5)),
            post("new", "Text", "back", date=dt.date(2019, 5, 5)),
            post("other", "Text", date=dt.date(2020, 5, 5)),
        )
        assert found(engine, "back", sort=Sort.NEWEST) == ["new", "old", "undated"]
        assert found(engine, "back", sort=Sort.OLDEST) == ["old", "new", "undated"]

    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("text", ["", "w1", "w1 w2 w3", "after:2015-03", '"w1 w2"'])
    def test_pages_have_no_overlap_and_no_gaps(self, searcher: Searcher, text: str, sort: Sort) -> None:
        whole = [
            name for page in range(1, 5) for name in names(ask(searcher, text, page=page, per_page=100, sort=sort))
        ]
        total = ask(searcher, text).total
        assert len(whole) == len(set(whole)) == total
        for per_page in (1, 7, 10):
            pages = range(1, min(total, 120) // per_page + 2)
            pieces = [
                name for page in pages for name in names(ask(searcher, text, page=page, per_page=per_page, sort=sort))
            ]
            assert pieces == whole[: len(pieces)]
        beyond = ask(searcher, text, page=total + 1, per_page=1, sort=sort)
        assert (beyond.hits, beyond.total) == ((), total)

    def test_equal_posts_are_paged_without_overlap(self, engine: Engine) -> None:
        publish(engine, *(post(f"{number:03}", "Same title", "same body") for number in range(95)))
        with searching(engine) as searcher:
            pages = [names(ask(searcher, "same title", page=page)) for page in range(1, 11)]
        assert [len(page) for page in pages] == [10] * 9 + [5]
        assert len({name for page in pages for name in page}) == 95

    @pytest.mark.parametrize("text", ["", "text", "text rare"])
    def test_a_thousand_hits_can_be_paged_through(self, engine: Engine, text: str) -> None:
        publish(engine, *(post(f"{number:04}", "Text rare" if number % 9 == 0 else "Text") for number in range(1050)))
        with searching(engine) as searcher:
            pages = [ask(searcher, text, page=page, per_page=100) for page in (1, 9, 10, 11, 12)]
        assert [len(page.hits) for page in pages] == [100, 100, 100, 0, 0]
        assert {page.total for page in pages} == {1050}

    def test_orders_by_date_are_those_of_the_days(self, searcher: Searcher) -> None:
        for sort, newest_first in ((Sort.NEWEST, True), (Sort.OLDEST, False)):
            ordered = [
                hit for page in range(1, 5) for hit in names(ask(searcher, "w1", sort=sort, page=page, per_page=100))
            ]
            hits = [document for document in CORPUS if oracle.matches(document, parse_query("w1"))]
            for day in oracle.by_date(hits, newest_first=newest_first):
                assert sorted(ordered[: len(day)]) == sorted(day)
                ordered = ordered[len(day) :]

    # Totals, facets, tags

    def test_totals_hits_and_facets_are_what_brute_force_finds(self, searcher: Searcher) -> None:
        for query in random_queries(150, seed=3):
            self.check(searcher, CORPUS, query)

    def check(self, searcher: Searcher, posts: list[Document], query: Query) -> None:
        """Compare an answer with what the oracle finds."""
        expected = [document for document in posts if oracle.matches(document, query)]
        results, hits = everything(searcher, query)
        assert sorted(hits) == sorted(map(oracle.name_of, expected)), query
        assert results.total == len(expected)
        assert results.facets is not None
        for_tags, for_years = oracle.whatever_alternative(query), oracle.whenever(query)
        tags = oracle.tag_counts(document for document in posts if oracle.matches(document, for_tags))
        years = oracle.year_counts(document for document in posts if oracle.matches(document, for_years))
        assert [(tag.tag, tag.count) for tag in results.facets.tags] == tags[:20]
        assert [(year.year, year.count) for year in results.facets.years] == years
        if query.sort is Sort.RELEVANCE:
            asked = [word for text in query.words + query.phrases for word in text.split()]
            known = [word for word in asked if any(oracle.has_all_words(document, [word]) for document in posts)]
            first = {oracle.name_of(document) for document in expected if oracle.begins(document, query)}
            complete = {oracle.name_of(document) for document in expected if oracle.has_all_words(document, known)}
            assert set(hits[: len(first)]) == first
            if len(set(known)) <= COMPLETE_FIRST:
                assert set(hits[: len(complete | first)]) == complete | first

    def test_facets_say_what_another_choice_of_a_filter_would_find(self, engine: Engine) -> None:
        """Counts of tags look behind alternatives, counts of years behind dates; each within the other filters."""
        publish(
            engine,
            post("a", body="back", tags=["Yoga", "Office"], date=dt.date(2016, 5, 1)),
            post("b", body="back", tags=["Massage", "Office"], date=dt.date(2017, 5, 1)),
            post("c", body="back", tags=["Pilates"], date=dt.date(2017, 6, 1)),
            post("d", body="neck", tags=["Pilates"], date=dt.date(2018, 6, 1)),
        )

        def counts(**filters: Any) -> tuple[list[str], dict[str, int], dict[int, int]]:
            with searching(engine) as searcher:
                results = ask(searcher, "back", **filters)
            assert results.facets is not None
            tags = {tag.tag: tag.count for tag in results.facets.tags}
            return sorted(names(results)), tags, {year.year: year.count for year in results.facets.years}

        either, office = frozenset({"yoga", "massage"}), frozenset({"office"})
        in_2017 = {"after": dt.date(2017, 1, 1), "before": dt.date(2017, 12, 31)}
        every = {"office": 2, "massage": 1, "pilates": 1, "yoga": 1}
        assert counts(tags_all=(either,)) == (["a", "b"], every, {2017: 1, 2016: 1})
        assert counts(tags_all=(office,)) == (["a", "b"], {"office": 2, "massage": 1, "yoga": 1}, {2017: 1, 2016: 1})
        in_year = {"office": 1, "massage": 1, "pilates": 1}
        assert counts(**in_2017) == (["b", "c"], in_year, {2017: 2, 2016: 1})
        assert counts(tags_all=(either, office), **in_2017) == (["b"], {"office": 1, "massage": 1}, {2017: 1, 2016: 1})
        assert counts(tags_all=(either,), **in_2017) == (["b"], in_year, {2017: 1, 2016: 1})

    def test_facets_are_left_out_where_they_arent_wanted(self, searcher: Searcher) -> None:
        assert ask(searcher, "w1", facets=False).facets is None

    def test_tags_are_listed_by_their_posts_then_by_name(self, searcher: Searcher) -> None:
        assert [(tag.tag, tag.count) for tag in searcher.tags()] == oracle.tag_counts(CORPUS)

    def test_a_label_is_the_spelling_that_most_posts_use(self, engine: Engine) -> None:
        publish(
            engine,
            post("a", tags=["back pain"]),
            post("b", tags=["Back Pain"]),
            post("c", tags=["#Back-pain"]),
            post("d", tags=["Back Pain"]),
        )
        with searching(engine) as searcher:
            assert list(searcher.tags()) == [TagCount("back-pain", "Back Pain", 4)]
            facets = ask(searcher, "tag:back-pain").facets
            assert facets is not None
            assert facets.tags == (TagCount("back-pain", "Back Pain", 4),)
            assert {tag.label for hit in ask(searcher).hits for tag in hit.tags} == {
                "back pain",
                "Back Pain",
                "Back-pain",
            }

    def test_a_word_of_a_script_without_spaces_is_found_as_a_whole(self, engine: Engine) -> None:
        publish(
            engine,
            post("tower", "東京タワー", lang="ja"),
            post("fan", "扇風機とタワー", lang="ja"),
            post("android", "안드로이드 메모리", lang="ko"),
            post("droid", "드로잉 이드", lang="ko"),
        )
        with searching(engine) as searcher:
            for text, expected in [
                ("東京タワー ", ["tower"]),
                ("タワー ", ["fan", "tower"]),
                ("안드로이드 ", ["android"]),
                ("東", ["tower"]),
                ("機", ["fan"]),
            ]:
                results = ask(searcher, text)
                assert sorted(names(results)) == expected, text
                assert results.dropped == ()
            results = ask(searcher, "東京扇風機 ")
            assert sorted(names(results)) == ["fan", "tower"], "what no post holds as a whole is found in parts"
            assert [dropped.word for dropped in results.dropped] == ["東京扇風機"], "nobody typed its pairs"
            assert ask(searcher, "どこの東京タワーですか").dropped == (), "nor those of a sentence"
            assert [dropped.word for dropped in ask(searcher, "あしたはよくなる ").dropped] == ["あしたはよくなる"]
            results = ask(searcher, "東京タワー" * 60 + "扇風機")
            assert names(results)[0] == "tower"
            (dropped,) = results.dropped
            assert dropped.word.endswith("タワー扇風機")
            assert dropped.why == "beyond the limit of length"

    def test_a_character_that_is_a_word_is_found_wherever_it_stands(self, engine: Engine) -> None:
        publish(
            engine,
            post("calico", "三毛猫", "昼寝。うちの三毛猫。", lang="ja"),
            post("black", "黒猫の話", lang="ja"),
            post("dog", "犬", "散歩", lang="ja"),
        )
        with searching(engine) as searcher:
            results = ask(searcher, "猫")
            assert sorted(names(results)) == ["black", "calico"]
            assert {forms for hit in results.hits for forms in marked_forms(hit.title.text, hit.title.marks)} == {"猫"}
            assert sorted(names(ask(searcher, "どうしてあの猫はそこにいますか"))) == ["black", "calico"]
            assert names(ask(searcher, '"猫 猫"')) == [], "what stands beside the words is no part of a phrase"
            suggestions = searcher.suggest("猫").posts
        marked = [marked_forms(each.title.text, each.title.marks) for each in suggestions]
        assert marked == [["猫"], ["猫"]]

    # Misspelt words

    def test_a_misspelt_word_finds_what_was_meant_and_says_so(self, engine: Engine) -> None:
        publish(
            engine, post("a", "Massage therapy"), post("b", "Rückenschmerzen", lang="de"), post("c", "Yoga at home")
        )
        typed = [("masage ", "a", "massage"), ("mesage therapy ", "a", "massage therapy"), ("thearpy ", "a", "therapy"),
                 ("ruckenschmerzn ", "b", "rückenschmerzen"), ("msasage ", "a", "massage")]  # fmt: skip
        with searching(engine) as searcher:
            for text, name, meant in typed:
                results = ask(searcher, text)
                assert names(results) == [name], text
                assert results.corrected is not None, text
                assert (results.corrected.typed, results.corrected.meant) == (text.strip(), meant)
                assert results.dropped == ()

    @pytest.mark.parametrize(
        ("lang", "title", "typed", "meant"),
        [
            ("de", "Die ÜBUNG macht den Meister", "ubbung", "übung"),
            ("fr", "Une élève attentive", "elleve", "élève"),
            ("es", "El sueño de la razón", "suenno", "sueño"),
            ("tr", "İstanbul'un kışı", "istnabul", "istanbul"),
            ("ar", "المدرسة الجديدة", "المدرسسة", "المدرسة"),
            ("he", "שלומות לכולם", "שלוומות", "שלומות"),
        ],
    )
    def test_a_correction_is_shown_as_posts_write_it(
        self, engine: Engine, lang: str, title: str, typed: str, meant: str
    ) -> None:
        for document in (post("a", title, lang=lang), post("a", "Text", f"🧘 — {title}", lang=lang)):
            publish(engine, document)
            with searching(engine) as searcher:
                results = ask(searcher, typed + " ")
            assert names(results) == ["a"]
            assert results.corrected is not None
            assert results.corrected.meant.strip() == meant
        publish(engine, post("b", "Text", tags=[title], lang=lang))
        assert found(engine, typed + " ") == ["b"], "words of tags are shown folded"

    def test_what_is_right_quoted_short_or_a_number_is_not_corrected(self, engine: Engine) -> None:
        publish(engine, post("a", "Massage for 2026 at home"), post("b", "Message in a bottle"))
        with searching(engine) as searcher:
            for text, expected in [
                ("message ", ["b"]),
                ('"masage"', []),
                ("2025 ", []),
                ("hom ", []),
                ("xyzzyxyz ", []),
            ]:
                results = ask(searcher, text)
                assert (names(results), results.corrected) == (expected, None), text

    def test_the_text_that_insists_finds_nothing_but_what_was_typed(self, engine: Engine) -> None:
        publish(engine, post("a", "Massage therapy"), post("b", "Therapy"))
        with searching(engine) as searcher:
            corrected = ask(searcher, "masage therapy ").corrected
            assert corrected is not None
            results = ask(searcher, corrected.insisting)
            assert results.corrected is None
            assert names(results) == []

    def test_a_misspelt_word_in_a_delta_is_corrected_as_well(self, engine: Engine) -> None:
        publish(engine, post("a", "Massage therapy"))
        update(engine, post("b", "Acupuncture"))
        assert found(engine, "acupunture ") == ["b"]
        assert found(engine, "terapy ") == ["a"]

    def test_the_beginning_of_a_word_finds_it_while_it_is_being_typed(self, engine: Engine) -> None:
        publish(engine, post("a", "Running shoes"), post("b", "Runnels of rain"), post("c", "A runner"))
        for text, expected in [("runnin", ["a"]), ("runn", ["a", "b", "c"]), ("shoes runni", ["a"]), ("xunn", [])]:
            assert sorted(found(engine, text)) == expected, text
        assert found(engine, "runn ") == [], "a blank ends the word"
        assert found(engine, '"runnin"') == [], "what is quoted is meant"

    def test_tags_and_labels_of_deleted_posts_are_gone(self, engine: Engine) -> None:
        publish(engine, *(post(name, tags=["Back Pain", "Old"]) for name in "abc"), post("d", tags=["back pain"]))
        update(engine, gone="abc")
        with searching(engine) as searcher:
            assert list(searcher.tags()) == [TagCount("back-pain", "back pain", 1)]

    # Proposals

    def test_for_a_rare_word_that_is_probably_misspelt_another_one_is_proposed(self, engine: Engine) -> None:
        slips = {"goverment": "government", "neccessary": "necessary", "varibales": "variables"}
        frequent = [post(f"{number}", body=" ".join(slips.values())) for number in range(10)]
        publish(engine, *frequent, post("slips", body=" ".join(slips)), post("other", body="Another word"))
        with searching(engine) as searcher:
            for typed, meant in slips.items():
                results = ask(searcher, typed)
                assert (names(results), results.corrected) == (["slips"], None)
                assert results.proposed == meant
            assert ask(searcher, "Goverment word tag:x").proposed == "government word tag:x"
            assert ask(searcher, "goverment neccessary").proposed == "government necessary"
            for text in ('"goverment"', "government", "another", "-goverment word", "goverment variablse", ""):
                assert ask(searcher, text).proposed is None, text

    def test_of_many_rare_words_the_first_ones_are_questioned(self, engine: Engine) -> None:
        frequent = [post(f"{number}", body="government") for number in range(10)]
        publish(engine, *frequent, post("rare", body="azure basalt cobalt dolomite goverment"))
        with searching(engine) as searcher:
            assert ask(searcher, "azure basalt cobalt goverment").proposed == "azure basalt cobalt government"
            assert ask(searcher, "azure basalt cobalt dolomite goverment").proposed is None

    def test_for_a_rare_word_that_many_more_posts_write_in_two_those_are_proposed(self, engine: Engine) -> None:
        frequent = [post(f"{number}", body="Run Node.js on a Raspberry Pi, for a while.") for number in range(10)]
        beside = [post(f"beside-{number}", body="The berry was a rasp.") for number in range(10)]
        rare = post("rare", body="nodejs raspberrypi awhile raspberry. berryrasp", lang="en")
        publish(engine, *frequent, *beside, rare)
        with searching(engine) as searcher:
            for typed, meant in {"nodejs": "node js", "RaspberryPi": "raspberry pi"}.items():
                results = ask(searcher, typed)
                assert (names(results), results.corrected, results.proposed) == (["rare"], None, meant)
            assert ask(searcher, "nodejs tag:x").proposed == "node js tag:x"
            for text in ('"nodejs"', "node js", "awhile", "berryrasp", "-nodejs berry"):
                assert ask(searcher, text).proposed is None, text

    @pytest.mark.parametrize(
        ("rare", "frequent"),
        [
            ("butters", "betters"),  # another letter makes another word
            ("diners", "dinners"),  # short words are near many others
            ("ticking", "tricking"),
            ("governments", "government"),  # forms of one word
            ("Regierungs", "Regierung"),
            ("overnment", "government"),  # hardly anybody errs in the first letter
        ],
    )
    def test_words_that_look_alike_are_not_proposed_for_each_other(
        self, engine: Engine, rare: str, frequent: str
    ) -> None:
        publish(engine, post("rare", body=rare), *(post(f"{number}", body=frequent) for number in range(20)))
        with searching(engine) as searcher:
            assert ask(searcher, rare).proposed is None

    def test_a_word_of_a_title_a_heading_or_a_tag_is_there_on_purpose(self, engine: Engine) -> None:
        meant = [post(f"{number}", body="necessary variables government") for number in range(10)]
        on_purpose = (
            post("title", "Neccessary"), post("heading", headings=("Varibales",)), post("tag", tags=("Goverment",)),
        )  # fmt: skip
        publish(engine, *meant, *on_purpose)
        with searching(engine) as searcher:
            for text in ("neccessary", "varibales", "goverment"):
                assert ask(searcher, text).total == 1
                assert ask(searcher, text).proposed is None

    def test_a_word_that_isnt_much_rarer_is_not_questioned(self, engine: Engine) -> None:
        few = [post(f"few-{number}", body="neccessary") for number in range(2)]
        publish(engine, *few, *(post(f"{number}", body="necessary") for number in range(19)))
        with searching(engine) as searcher:
            assert ask(searcher, "neccessary").proposed is None

    # Snippets

    def test_marks_are_the_matched_forms_and_no_others(self, engine: Engine) -> None:
        body = "She ran. Running and runs, a runner; back-pain, the backs of others. " * 3
        publish(engine, post("a", "The runs of a Back", body, lang="en"))
        with searching(engine) as searcher:
            hit = ask(searcher, "run back").hits[0]
        assert marked_forms(hit.title.text, hit.title.marks) == ["runs", "Back"]
        assert set(marked_forms(hit.snippet.text, hit.snippet.marks)) == {"Running", "runs", "back", "backs"}

    def test_the_snippet_is_where_most_of_the_words_are(self, engine: Engine) -> None:
        filler = "Nothing to see in this sentence at all. " * 20
        publish(engine, post("a", "T", f"back. {filler} The lower back often hurts. {filler} pain"))
        with searching(engine) as searcher:
            snippet = ask(searcher, "lower back hurts").hits[0].snippet
        assert marked_forms(snippet.text, snippet.marks) == ["lower", "back", "hurts"]
        assert "The lower back often hurts." in snippet.text

    def test_a_hit_without_words_in_its_body_shows_its_summary_or_its_beginning(self, engine: Engine) -> None:
        publish(engine, post("a", "Back", "Body of a.", summary="Summary of a."), post("b", "Back", "Body of b."))
        with searching(engine) as searcher:
            snippets = {hit.snippet.text: hit.snippet.marks for hit in ask(searcher, "back").hits}
        assert snippets == {"Summary of a.": (), "Body of b.": ()}

    def test_a_hit_says_which_section_its_snippet_stands_in(self, engine: Engine) -> None:
        body = "An introduction.\nKnees\nRunners know them.\nThe lower back\nIt aches after a run."
        sections = (Section(17, 22, "knees"), Section(42, 56))
        publish(engine, post("a", "Joints", body, sections=sections), post("b", "Joints", "Runners again."))
        update(engine, post("c", "More", body, sections=sections))
        with searching(engine) as searcher:
            shown = {
                text: {hit.url.removeprefix(SITE): (hit.snippet.text, hit.section) for hit in ask(searcher, text).hits}
                for text in ("introduction", "runner knee", "ache", "joints")
            }
            assert all(hit.section is None for hit in ask(searcher, "knees", snippets=False).hits)
        knees = ("Runners know them. …", FoundSection(Snippet("Knees", ((0, 5),)), "knees"))
        back = ("It aches after a run.", FoundSection(Snippet("The lower back"), None))
        assert shown["introduction"] == dict.fromkeys("ac", ("An introduction. …", None))
        assert shown["runner knee"] == {"a": knees, "b": ("Runners again.", None), "c": knees}
        assert shown["ache"] == {"a": back, "c": back}
        assert {section for _, section in shown["joints"].values()} == {None}

    def test_snippets_of_real_queries_are_short_and_marked_rightly(self, searcher: Searcher) -> None:
        for query in random_queries(60, seed=11):
            asked = {word for text in query.words + query.phrases for word in text.split()}
            for hit in searcher.search(query).hits:
                for snippet in (hit.title, hit.snippet):
                    assert len(snippet.text) <= 300
                    assert set(marked_forms(snippet.text, snippet.marks)) <= asked
                    unmarked = "".join(
                        char if not any(first <= at < last for first, last in snippet.marks) else "·"
                        for at, char in enumerate(snippet.text)
                    )
                    assert not asked & set(unmarked.split())

    def test_snippets_are_in_every_script_the_matched_text(self, engine: Engine) -> None:
        publish(engine, post("ja", "東京タワー", "東京タワーでマッサージを受けました。" * 40, lang="ja"))
        with searching(engine) as searcher:
            hit = ask(searcher, "マッサージ").hits[0]
        assert set(marked_forms(hit.snippet.text, hit.snippet.marks)) == {"マッサージ"}
        assert len(hit.snippet.text) <= 300

    def test_a_word_without_an_end_doesnt_break_its_snippet(self, engine: Engine) -> None:
        publish(engine, post("a", "Long", "word " + "a" * 5000), post("b", "Long", "b" * 5000 + " word"))
        with searching(engine) as searcher:
            for text in ("a" * 64, "b" * 64, "word", "long"):
                hits = ask(searcher, text).hits
                assert hits
                assert all(len(hit.snippet.text) <= 300 for hit in hits)

    # Suggestions

    def test_a_title_is_suggested_for_its_words_in_any_order_the_last_one_unfinished(self, engine: Engine) -> None:
        publish(engine, post("a", "Stretching the lower back"), post("b", "Back to work"), post("c", "Yoga"))
        for text, expected in [
            ("st", ["a"]),
            ("back", ["b", "a"]),
            ("back lo", ["a"]),
            ("lower  stretching b", ["a"]),
            ("BACK T", ["b", "a"]),
            ("bac ", []),
            ("", []),
            ("  ", []),
            ("!?", []),
        ]:
            assert suggested(engine, text) == expected, text

    def test_a_suggested_title_has_the_beginnings_of_words_marked(self, engine: Engine) -> None:
        publish(engine, post("a", "Stretching, and a back that stretches"), post("ja", "東京タワーの話", lang="ja"))
        with searching(engine) as searcher:
            for text, expected in [
                ("back st", ["St", "back", "st"]),
                ("stretches ba", ["Stretching", "ba", "stretches"]),
                ("strecthing", ["Stretching"]),
                ("東京タ", ["東京タ"]),
            ]:
                title = searcher.suggest(text).posts[0].title
                assert marked_forms(title.text, title.marks) == expected, text

    def test_titles_that_begin_with_what_was_typed_are_suggested_first_then_the_newest(self, engine: Engine) -> None:
        days = [dt.date(2016, 1, day) for day in range(1, 6)]
        titles = ["Back pain", "Back", "Pain in the back", "Pain, back and neck", "Back pains again"]
        publish(engine, *(post(title, title, date=day) for title, day in zip(titles, days, strict=True)))
        assert suggested(engine, "back p") == [
            "Back pains again",
            "Back pain",
            "Pain, back and neck",
            "Pain in the back",
        ]
        assert suggested(engine, "back")[0] == "Back", "a title that was typed whole comes first"
        assert suggested(engine, "ba", limit=2) == ["Back pains again", "Back"]
        assert suggested(engine, "back", limit=0) == []

    def test_titles_that_were_passed_over_make_room_once_for_others_that_begin_so(self, engine: Engine) -> None:
        titles = ["Walking in June", "Walking in July", "Walking home", "Walking alone", "A walk", "The walking cure"]
        days = [dt.date(2016, 1, day) for day in range(1, len(titles) + 1)]
        publish(engine, *(post(title, title, date=day) for title, day in zip(titles, days, strict=True)))
        assert suggested(engine, "wa", limit=2) == ["Walking alone", "Walking home"]
        for typed in ("wal", "Walk", "walking", "walking i"):
            assert suggested(engine, typed, limit=2) == ["Walking in July", "Walking in June"], "they stay"
        assert suggested(engine, "walking h", limit=2) == ["Walking home"]
        assert suggested(engine, "walking", limit=4) == titles[:4][::-1], "where all have room they are as they were"
        assert suggested(engine, "wal", limit=6)[4:] == ["The walking cure", "A walk"]
        places = ["東京の朝", "東京の昼", "東京の夜"]
        publish(engine, *(post(p, p, lang="ja", date=day) for p, day in zip(places, days, strict=False)))
        assert suggested(engine, "東京の", limit=2) == ["東京の夜", "東京の昼"], "two such characters are a word"

    @pytest.mark.parametrize(("lang", "text", "asked"), INFLECTED + ACCENTS)
    def test_another_form_of_a_word_is_suggested(self, engine: Engine, lang: str, text: str, asked: str) -> None:
        publish(engine, post("hit", text, lang=lang), post("miss", "Xyzzy", lang=lang))
        assert suggested(engine, asked) == ["hit"]

    @pytest.mark.parametrize(("lang", "text", "asked", "absent"), UNSEGMENTED)
    def test_words_without_spaces_are_suggested_as_they_are_typed(
        self, engine: Engine, lang: str, text: str, asked: str, absent: str
    ) -> None:
        publish(engine, post("hit", text, lang=lang), post("miss", "Xyzzy", lang=lang))
        for typed in range(1, len(asked) + 1):
            assert suggested(engine, asked[:typed]) == ["hit"]
        assert suggested(engine, absent) == []

    def test_misspelt_words_of_four_letters_and_more_are_suggested_for(self, engine: Engine) -> None:
        publish(engine, post("a", "Massage therapy for everyone"), post("b", "Yoga 2016"))
        for text in ("masage", "masag", "msas", "massaeg th", "therpy massage", "massage thearpie", "evreyonn"):
            assert suggested(engine, text) == ["a"], text
        for text in ("msa", "2017", "xyzzy"):
            assert suggested(engine, text) == [], text
        publish(engine, post("c", "Masaccio"), post("a", "Massage"))
        assert suggested(engine, "masa") == ["c"], "where a word fits as it is, no mistake is looked for"

    @pytest.mark.parametrize(
        "title", ["Why running isn't bad for your knees", "C++ for the weekend", "Ruckenschmerzen"]
    )
    def test_a_post_that_is_suggested_stays_as_its_title_is_typed_on(self, engine: Engine, title: str) -> None:
        others = ["Run", "Why not", "Running shoes", "Isn't it", "C", "C++", "For your health", "Rücken", "The weekend"]
        publish(engine, post("a", title), *(post(f"other-{other}", other) for other in others))
        for start in (0, title.rfind(" ") + 1):
            shown = ["a" in suggested(engine, title[start:end], limit=3) for end in range(start + 1, len(title) + 1)]
            assert shown == sorted(shown)
            assert shown[-1]

    def test_what_is_in_no_title_is_suggested_from_the_texts(self, engine: Engine) -> None:
        publish(engine, post("a", "On backs", "sciatica and its relief"), post("b", "Yoga", "for the neck"))
        assert suggested(engine, "sciat") == suggested(engine, "sciatica rel") == ["a"]

    def test_what_is_to_be_left_out_is_not_suggested(self, engine: Engine) -> None:
        publish(engine, post("a", "Socks on the train"), post("b", "Socks for the road"))
        assert suggested(engine, "socks -train") == ["b"]
        assert suggested(engine, '-"the train" socks') == ["b"]
        assert suggested(engine, "-train") == []

    def test_tags_are_suggested_with_their_posts_the_most_frequent_first(self, engine: Engine) -> None:
        publish(
            engine,
            post("a", tags=["Lower back", "Massages"]),
            post("b", tags=["Lower back", "Back pain"]),
            post("c", tags=["C++", "瑜伽"]),
        )
        with searching(engine) as searcher:
            for text, expected in [
                ("back", [("lower-back", 2), ("back-pain", 1)]),
                ("back lo", [("lower-back", 2)]),
                ("massage", [("massages", 1)]),
                ("masage", [("massages", 1)]),
                ("c+", [("c++", 1)]),
                ("瑜", [("瑜伽", 1)]),
                ("xyzzy", []),
            ]:
                assert [(tag.tag, tag.count) for tag in searcher.suggest(text).tags] == expected, text
            assert [tag.tag for tag in searcher.suggest("back", limit=1).tags] == ["lower-back"]

    def test_suggestions_follow_updates(self, engine: Engine) -> None:
        publish(engine, post("a", "Back pain", tags=["Old"]), post("b", "Back"), post("c", "Neck", tags=["Older"]))
        update(engine, post("b", "Neck and back"), post("d", "A back", tags=["Olden"]), gone=["a"])
        assert sorted(suggested(engine, "back")) == ["b", "d"]
        assert suggested(engine, "pain") == []
        with searching(engine) as searcher:
            assert [tag.tag for tag in searcher.suggest("old").tags] == ["olden", "older"]

    def test_any_text_can_be_typed(self, engine: Engine) -> None:
        publish(engine, *random_posts(20, seed=5), post("ja", "東京タワー", lang="ja"), post("de", "Übung", lang="de"))
        with searching(engine) as searcher:

            @given(hostile_text())
            @settings(max_examples=150)
            def answered(text: str) -> None:
                suggestions = searcher.suggest(text)
                assert suggestions.text == text
                assert len(suggestions.posts) <= 8
                assert all(ranges_are_valid(post.title.text, post.title.marks) for post in suggestions.posts)

            answered()
            searcher.suggest("word " * 5000)
            searcher.suggest("w" * 100_000)

    # Related and featured posts

    def test_related_posts_share_telling_words_or_tags(self, engine: Engine) -> None:
        publish(
            engine,
            post("sciatica", "Sciatica", "what helps against sciatica and a painful back in the morning"),
            post("relief", "Relief", "sciatica again and again in the morning"),
            post("back", "Backs", "the back and what it carries in the morning"),
            post("tagged", "Something else", "nothing shared", tags=["Nerves"]),
            post("also-tagged", "Other words", "entirely different", tags=["Nerves"]),
            post("alone", "Bread", "flour water salt"),
        )
        with searching(engine) as searcher:
            related = searcher.related(SITE + "sciatica")
            assert related is not None
            assert names(related)[:2] == ["relief", "back"]
            assert "sciatica" not in names(related)
            assert related.total == len(related.hits)
            tagged = searcher.related(SITE + "tagged")
            assert tagged is not None
            assert names(tagged)[0] == "also-tagged"
            alone = searcher.related(SITE + "alone")
            assert alone is not None
            assert names(alone) == []
            assert searcher.related(SITE + "unknown") is None
            limited = searcher.related(SITE + "sciatica", limit=1)
            assert limited is not None
            assert names(limited) == ["relief"]

    def test_copies_of_a_post_are_not_related_to_it(self, engine: Engine) -> None:
        text = "sciatica is a pain that runs from the lower back down one leg and it often goes by itself"
        publish(
            engine,
            post("a", "Sciatica", text),
            post("print", "Sciatica: print view", text),
            post("old", "Sciatica", text + " within six weeks or so, says the doctor of my cousin in town"),
            post("other", "More on sciatica", "what to do about sciatica while one waits"),
            post("other-copy", "More on sciatica (2)", "what to do about sciatica while one waits"),
        )
        with searching(engine) as searcher:
            related = searcher.related(SITE + "a")
        assert related is not None
        assert len(related.hits) == 1, "of two copies one"
        assert names(related)[0].startswith("other")

    def test_related_posts_follow_updates(self, engine: Engine) -> None:
        publish(engine, post("a", body="sciatica relief"), post("b", body="sciatica pain"), post("c", body="yoga"))
        update(engine, post("c", body="sciatica exercises"), gone=["b"])
        with searching(engine) as searcher:
            related = searcher.related(SITE + "a")
        assert related is not None
        assert names(related) == ["c"]

    def test_without_a_choice_of_the_owner_nothing_is_featured(self, searcher: Searcher) -> None:
        assert (searcher.featured().total, searcher.featured().hits) == (0, ())

    # Anything at all

    def test_any_text_is_a_query(self, engine: Engine) -> None:
        publish(engine, *random_posts(20, seed=5), post("ja", "東京タワー", lang="ja"), post("de", "Übung", lang="de"))
        with searching(engine) as searcher:
            total = ask(searcher).total

            @given(hostile_text(), st.sampled_from(Sort))
            @settings(max_examples=150)
            def answered(text: str, sort: Sort) -> None:
                results = ask(searcher, text, sort=sort)
                assert 0 <= len(results.hits) <= results.total <= total
                assert all(ranges_are_valid(hit.title.text, hit.title.marks) for hit in results.hits)
                assert all(ranges_are_valid(hit.snippet.text, hit.snippet.marks) for hit in results.hits)

            answered()

    def test_any_value_is_a_filter(self, engine: Engine) -> None:
        publish(engine, *random_posts(20, seed=5))
        with searching(engine) as searcher:

            @given(hostile_text(), st.dates(), st.dates())
            @settings(max_examples=60)
            def answered(text: str, after: dt.date, before: dt.date) -> None:
                tags = frozenset({normalize_tag(text)})
                for changes in ({"author": text}, {"lang": text}, {"tags_all": (tags,)}, {"tags_none": tags}):
                    assert ask(searcher, "w1", **changes).total <= 20
                if after > before:
                    assert ask(searcher, after=after, before=before).total == 0

            answered()

    def test_any_text_can_be_indexed(self, engine: Engine) -> None:
        @given(st.lists(hostile_text(), min_size=5, max_size=5), st.sampled_from(["en", "ja", "xx", "", None, "zz-ZZ"]))
        @settings(max_examples=15)
        def indexed(texts: list[str], lang: str | None) -> None:
            title, body, label, author, summary = texts
            document = post("a", title, body, tags=[label], author=author, summary=summary, lang=lang)
            publish(engine, document)
            with searching(engine) as searcher:
                assert searcher.document(document.url) == whole(document)
                assert names(ask(searcher)) == ["a"]
                assert ask(searcher, title).total <= 1

        indexed()

    # Threads

    def test_sixteen_threads_get_the_answers_that_one_gets(self, searcher: Searcher) -> None:
        queries = random_queries(250, seed=17)
        serial = [searcher.search(query) for query in queries]
        start = threading.Barrier(16)

        def answers(seed: int) -> list[tuple[int, Results]]:
            order = list(range(len(queries)))
            random.Random(seed).shuffle(order)
            start.wait()
            return [(number, searcher.search(queries[number])) for number in order[:130]]

        with ThreadPoolExecutor(16) as pool:
            for answered in pool.map(answers, range(16)):
                assert all(results == serial[number] for number, results in answered)


CORPUS = random_posts(300, seed=42)


def suggested(engine: Engine, text: str, *, limit: int = 8) -> list[str]:
    """The names of the posts that a new searcher suggests."""
    with searching(engine) as searcher:
        return [post.url.removeprefix(SITE) for post in searcher.suggest(text, limit=limit).posts]


@contextmanager
def searching(engine: Engine, *, refuse: frozenset[str] = frozenset()) -> Iterator[Searcher]:
    """A searcher that is closed in the end."""
    searcher = engine.searcher(refuse=refuse)
    try:
        yield searcher
    finally:
        searcher.close()


def everything(searcher: Searcher, query: Query) -> tuple[Results, list[str]]:
    """The answer with the names of all its hits, from all pages."""
    pages = [searcher.search(structs.replace(query, page=page, per_page=100)) for page in range(1, 5)]
    return pages[0], [name for page in pages for name in names(page)]


def all_urls(searcher: Searcher) -> list[str]:
    return [hit.url for hit in ask(searcher, per_page=100).hits]


def random_queries(count: int, *, seed: int) -> list[Query]:
    """Queries of words, phrases, exclusions and filters over the random posts."""
    chance = random.Random(seed)
    queries = []
    for _ in range(count):
        items = chance.choices((*WORDS, "xyzzy"), k=chance.choice((0, 1, 1, 2, 3)))
        if chance.random() < 0.3:
            items.append('"' + " ".join(chance.choices(WORDS[:10], k=chance.choice((1, 2, 2, 3)))) + '"')
        if chance.random() < 0.2:
            items.append("-" + chance.choice(WORDS))
        if chance.random() < 0.1:
            items.append('-"' + " ".join(chance.choices(WORDS[:10], k=2)) + '"')
        if chance.random() < 0.3:
            items.append("tag:" + ",".join(map(normalize_tag, chance.sample(LABELS, k=chance.choice((1, 2))))))
        if chance.random() < 0.15:
            items.append("-tag:" + normalize_tag(chance.choice(LABELS)))
        if chance.random() < 0.2:
            items.append(
                chance.choice(("after:2016", "before:2016", "after:2015-06 before:2017-03", "before:2017-11-05"))
            )
        if chance.random() < 0.1:
            items.append(chance.choice(("author:kim", "author:zoë", 'author:"kim lee"', "-author:kim")))
        chance.shuffle(items)
        queries.append(structs.replace(parse_query(" ".join(items) + " "), sort=chance.choice(list(Sort))))
    return queries


def whole(document: Document) -> Document:
    """The document with the half characters that no file can hold replaced."""
    texts = {name: getattr(document, name) for name in ("title", "body", "author", "summary")}
    return replace(document, **{name: re.sub("[\ud800-\udfff]", "\ufffd", text) for name, text in texts.items()})


def hostile_text() -> st.SearchStrategy[str]:
    """Text of all of Unicode, lone surrogates too, and text that looks like the syntax of queries."""
    syntax = st.lists(
        st.sampled_from(
            [
                "w1",
                "w2",
                "東京",
                "Übung",
                '"',
                "“",
                "-",
                "--",
                ":",
                "tag:",
                "author:",
                "after:",
                "before:2016",
                "after:99",
                "*",
                "?",
                "~9",
                "(",
                ")",
                "[",
                "TO",
                "]",
                "^",
                "\\",
                "AND",
                "NOT",
                " ",
                "\n",
                "\x00",
                "\ud800",
                "%",
                "a" * 70,
            ]
        ),
        max_size=25,
    ).map("".join)
    return st.one_of(st.text(st.characters(), max_size=60), syntax, st.text(max_size=5).map(lambda text: text * 300))


def ranges_are_valid(text: str, marks: tuple[tuple[int, int], ...]) -> bool:
    """Whether marks are ranges of the text, in order and apart."""
    ends = [0, *(end for mark in marks for end in mark), len(text)]
    return all(first <= last for first, last in pairwise(ends)) and all(a < b for a, b in marks)
