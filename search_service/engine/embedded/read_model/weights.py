"""What decides which post comes first: every constant, with its reason. docs/decisions/0006 and 0007 have the figures.

Hits are compared by these, one after the other:

    1. pinned: the owner of the blog wants the post first for this text
    2. the title is what was typed
    3. the title begins with the words that were typed, if there are two or more
    4. the title begins so in the middle of a word, while the last word is being typed
    5. the post holds all words of the query, if these are `COMPLETE_FIRST` at most
    6. the score: the sum over the words of the query of what the best of a word's terms scores (`impact`), and what
       words gain that stand side by side (`proximity`)
    7. the date, the newest first
"""

from __future__ import annotations

K1 = 1.2
"""BM25: how soon the repetition of a word stops counting. Lucene's value."""

WHOLE = "whole"
"""The document as a whole. Headings stand in the body."""
WHOLE_FIELDS = ("title", "tag_text", "body")

LENGTH_NORMALISATION = {WHOLE: 0.75, "title": 0.4, "headings": 0.5, "tag_text": 0.4}
"""BM25's b, how much length dampens: Lucene's value for the whole, less for what is short by nature."""

BONUS = {"title": 1.0, "headings": 0.1, "tag_text": 0.3}
"""What a word is worth beyond its part in the whole, where it says what the post is about."""

COMPLETE_FIRST = 3
"""Words of a query up to which posts that hold all of them come first: of a question, one that lacks says little."""

HIRAGANA_PAIRS = (1.0, 0.3, 0.1)
"""The share of a pair of characters without hiragana, with one behind another letter, and of one that begins with one.
Hiragana write the endings and particles of Japanese; kanji and katakana what a sentence is about. What stands behind a
hiragana is mostly the next word."""

HAN_CHARACTERS = (1.0, 0.4, 0.6)
"""The share of a Han character of a sentence, beside its pairs, by how many stand together: 1, 2, or more. One between
other letters is a word, of two the pair is, more are words of one and two."""

SYNONYM = 0.7
"""The share of a synonym, so that the typed word itself comes first."""

JOINED = 0.9
"""The share of a word that was typed in two, `back pain`, where a post writes it in one, `backpain`."""

SIDE_BY_SIDE = 0.25
"""The share of their inverse document frequencies that two words add where a post holds them as they were typed."""

AS_TYPED = 0.5
"""The share of its inverse document frequency that a word adds where a post writes it with the accents typed."""

EDIT = 2.6
"""What an edit costs a candidate for a misspelt word, as a logarithm of odds."""
FREQUENCY = 0.45
"""How much the logarithm of a candidate's number of posts counts for it."""
FIRST_LETTER, LAST_LETTER = 1.2, 0.3
"""What a wrong letter at either end costs besides: people know how a word begins."""

NEWNESS_HALVES = 365.0
"""Days in which what a post gains by being new, where the owner wants that, falls to the half."""
