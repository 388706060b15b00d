"""Which of several pages that claim one address becomes the document."""

from __future__ import annotations

from indexer.copies import Claim, Claims
from search_service.engine.model import Document

POST = "https://blog.example/post/"
PRINT = "https://blog.example/post/print/"
AMP = "https://blog.example/post/amp/"


def document(url: str = POST, title: str = "A post") -> Document:
    return Document(url=url, title=title)


def test_the_page_at_the_address_wins_whoever_comes_first() -> None:
    claims = Claims()
    assert claims.claim(PRINT, document()) == Claim(document())
    assert claims.claim(POST, document()) == Claim(document(), displaced=PRINT)
    assert claims.claim(AMP, document()) == Claim(None, copy_of=POST)


def test_without_the_page_itself_its_first_copy_stands_for_it() -> None:
    claims = Claims()
    assert claims.claim(PRINT, document()).document == document()
    assert claims.claim(AMP, document()) == Claim(None, copy_of=POST)


def test_different_posts_that_name_one_missing_page_keep_their_own_addresses() -> None:
    claims = Claims()
    claims.claim(PRINT, document(title="One"))
    assert claims.claim(AMP, document(title="Two")) == Claim(document(AMP, "Two"))


def test_a_page_that_is_read_again_keeps_its_document() -> None:
    claims = Claims()
    claims.hold(PRINT, POST, "A post")
    assert claims.claim(PRINT, document(title="A new title")) == Claim(document(title="A new title"))
    assert claims.claim(AMP, document(title="A new title")).copy_of == POST


def test_an_address_that_is_released_goes_to_the_next_claimant() -> None:
    claims = Claims()
    claims.hold(POST, POST, "A post")
    claims.release(PRINT, POST)
    assert claims.claim(AMP, document()).copy_of == POST, "only its owner can release it"
    claims.release(POST, POST)
    assert claims.claim(AMP, document()) == Claim(document())


def test_a_page_is_at_its_address_with_or_without_a_slash_or_ending() -> None:
    for own in ("https://blog.example/post", "https://blog.example/post/", "https://blog.example/post.html"):
        claims = Claims()
        claims.claim(PRINT, document("https://blog.example/post"))
        assert claims.claim(own, document("https://blog.example/post")).displaced == PRINT
        assert claims.claim(AMP, document("https://blog.example/post")).copy_of == "https://blog.example/post"
