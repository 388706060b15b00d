"""Makes the plan of a query: which of its words count, and which terms each may stand for in each segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from operator import attrgetter

from msgspec.structs import replace

from search_service.engine.bigrams import begins_pairs, is_unspaced
from search_service.engine.model import IN_NO_POST, NO_CURATION, Curation, Dropped, Query
from search_service.engine.query import QUOTES
from search_service.engine.stopwords import STOP_WORDS
from search_service.engine.urls import canonical_url

from ..scoring.gains import Gain
from ..scoring.newness import newness
from ..stored.arrays import Array
from ..stored.segment import Segment
from ..stored.titles import title_key
from ..weights import JOINED, SYNONYM
from .accents import Accents
from .corrector import Corrector
from .plan import Plan, Word
from .proximity import Pairs
from .synonyms import Key, Synonyms
from .unspaced import share, unspaced
from .vocabulary import MAX_LOOKED_UP, Vocabulary

MAX_WORDS = 64
"""Distinct words of a query that are searched; of more, the rarest."""

MAX_PHRASES = 5
"""Distinct phrases and exclusions that are looked up; each is a search of its own."""

MAX_POSITIONS = 3 << 17
"""Positions that are looked at for phrases, and again for exclusions; the rarest one of each may have more."""

PROSE = 8
"""In a text of more words than this quotes are quotations, not a demand for the very phrase."""

_TOO_MANY_PHRASES = f"beyond the limit of {MAX_PHRASES} phrases"
_TOO_FREQUENT = "words that are too frequent for so many phrases"
_TOO_MANY_WORDS = f"beyond the limit of {MAX_WORDS} words"
_SHORTEST_PREFIX = 2
_SAME_TITLES = 64
"""Titles of the same words that are read to see how they are written."""
_NO_QUOTES = str.maketrans("", "", QUOTES)
_rarity = attrgetter("frequency")


class Planner:
    """Makes plans for the segments of a generation. Safe for many threads."""

    def __init__(self, segments: Sequence[Segment], curation: Curation = NO_CURATION) -> None:
        self._segments = tuple(segments)
        self._vocabulary = Vocabulary(segments)
        self._pairs = Pairs(segments, self._vocabulary)
        self._accents = Accents(segments, self._vocabulary)
        self.languages = self._vocabulary.languages
        self._stop_words = frozenset[str]().union(*(STOP_WORDS.get(lang, frozenset()) for lang in self.languages))
        self._corrector = Corrector(self._vocabulary, self._stop_words)
        self._synonyms = Synonyms(curation.synonyms, self._key)
        self._pins = {
            frozenset(key): tuple([canonical_url(url) or url for url in pin.urls])
            for pin in curation.pins
            if (key := self._key(pin.text))
        }
        self._recency = curation.recency
        self._newness = tuple(newness(segments)) if curation.recency else ()

    def plan(self, query: Query) -> Plan:
        """The plan for a query."""
        if query.not_words or query.not_phrases or (query.phrases and query.words):
            query = self._unless_title(query)
        typed = self._surfaces(query.words)
        quoted = self._surfaces(query.phrases) if query.phrases else []
        meant = query.phrases if len(typed) + len(quoted) <= PROSE or not typed else ()
        required, unread, costly = self._phrases(meant)
        excluded, also_unread, also_costly = self._phrases(query.not_words + query.not_phrases)
        counted, common = self._without_stop_words(typed)
        if not counted and not quoted:
            counted, common = typed, []
        compounds, rest, untyped, apart, parts, endless = unspaced(counted, self._vocabulary, self._synonyms)
        asked, late = _within_limit(rest + quoted)
        known, unknown = self._words(asked, self._standing_for(rest), last=self._unfinished(query))
        corrected, insisted = None, frozenset(quoted)
        if unknown:
            meant_words, unknown, corrected = self._corrector.corrected(query.text, unknown, insisted=insisted)
            known += meant_words
        words = sorted(compounds + known + parts, key=_rarity)
        beyond = [word.surface for word in words[MAX_WORDS:]] + [word for word in late if word not in untyped]
        unreadable = [] if typed or quoted else [text for text in query.words + query.phrases if text]
        lost = (
            ([*query.overlong, *endless], "beyond the limit of length"),
            (unread + also_unread, _TOO_MANY_PHRASES),
            (costly + also_costly, _TOO_FREQUENT),
            (common and dict.fromkeys(common), "too common to count"),
            (apart, "in no post as it stands"),
            ([word for word in unknown if word not in untyped] if untyped else unknown, IN_NO_POST),
            (beyond, _TOO_MANY_WORDS),
            (unreadable and dict.fromkeys(unreadable), "has neither letters nor digits"),
        )
        return Plan(
            words=tuple(words[:MAX_WORDS]),
            corrected=corrected,
            proposed=None if corrected else self._corrector.proposed(query.text, known, insisted=insisted),
            required=required,
            excluded=excluded,
            dropped=tuple([Dropped(text, why) for texts, why in lost for text in texts]),
            asks=bool(typed or quoted) or (bool(unreadable) and not _narrows(query)),
            gains=() if quoted or counted is typed else self._gains(typed, counted),
            title="" if quoted or query.overlong or len(typed) > MAX_LOOKED_UP else title_key(typed),
            unfinished=query.unfinished,
            pinned=self._pins.get(frozenset(map(self._vocabulary.terms, counted)), ()) if self._pins else (),
            newness=self._newness,
            recency=self._recency,
        )

    def _unless_title(self, query: Query) -> Query:
        """The query as plain words where, hyphen for hyphen, it is a title: `A primer of "-omics" studies`."""
        key, typed = title_key(self._vocabulary.surfaces(query.text)), _unquoted(query.text)
        for segment in self._segments:
            for number in segment.title_index.equal(key)[:_SAME_TITLES].tolist():
                if _unquoted(segment.card(number).title) == typed:
                    return replace(query, words=(query.text,), phrases=(), not_words=(), not_phrases=())
        return query

    def _key(self, text: str) -> Key:
        """What a text of the blog's owner is compared by."""
        surfaces = list(self._vocabulary.surfaces(text))
        return tuple(map(self._vocabulary.terms, self._without_stop_words(surfaces)[0] or surfaces))

    def _gains(self, typed: Sequence[str], counted: Sequence[str]) -> tuple[Gain, ...]:
        """What hits gain for words that were typed side by side, and for the accents that were typed."""
        gains = self._pairs.among(typed, counted)
        return gains if all(map(str.isascii, counted)) else gains + self._accents.among(counted)

    def _standing_for(self, surfaces: Sequence[str]) -> dict[frozenset[bytes], list[Word]]:
        """What stands for some of the words, which are in order, besides themselves: synonyms, two words in one."""
        others: defaultdict[frozenset[bytes], list[Word]] = defaultdict(list)
        if self._synonyms:
            words = tuple(map(self._vocabulary.terms, surfaces))
            for start, length, texts in self._synonyms.found(words):
                for word in filter(_rarity, map(self._vocabulary.text, texts)):
                    for terms in words[start : start + length]:
                        others[terms].append(word.scaled(SYNONYM / length))
        if 1 < len(surfaces) <= PROSE:
            for one, other in pairwise(surfaces):
                both = one + other
                is_word = both.isalpha() or (both.isalnum() and one.isalpha() is not other.isalpha())
                if is_word and (both.isascii() or not (is_unspaced(one) or is_unspaced(other))):
                    joined = self._vocabulary.word(both)
                    if joined.frequency:
                        for surface in (one, other):
                            others[self._vocabulary.terms(surface)].append(joined.scaled(JOINED / 2))
        return others

    def _surfaces(self, texts: Iterable[str]) -> list[str]:
        return list(chain.from_iterable(map(self._vocabulary.surfaces, texts)))

    def _without_stop_words(self, surfaces: Iterable[str]) -> tuple[list[str], list[str]]:
        """The surfaces that say what is asked for, and those that say how."""
        counted: list[str] = []
        common: list[str] = []
        for surface in surfaces:
            (common if surface.casefold() in self._stop_words else counted).append(surface)
        return counted, common

    def _words(
        self, surfaces: Iterable[str], others: Mapping[frozenset[bytes], Sequence[Word]], *, last: str | None
    ) -> tuple[list[Word], list[str]]:
        """The distinct words that are in the index, and those that aren't.

        A word that is repeated counts as often: people repeat what their question is about.
        """
        distinct: dict[frozenset[bytes], Word] = {}
        counts: dict[frozenset[bytes], int] = {}
        for surface in surfaces:
            terms = self._vocabulary.terms(surface)
            counts[terms] = counts.get(terms, 0) + 1
            if terms not in distinct:
                distinct[terms] = self._vocabulary.word(surface)
        known: list[Word] = []
        unknown: list[str] = []
        for terms, word in distinct.items():
            if terms in others:
                word = word.also(others[terms])
            if word.frequency:
                weight = counts[terms] * (1 if word.surface.isascii() else share(word.surface))
                known.append(word if weight == 1 else word.scaled(weight))
            elif (word.surface == last or begins_pairs(word.surface)) and (
                begun := self._vocabulary.beginning(word.surface)
            ).frequency:
                known.append(begun)
            else:
                unknown.append(word.surface)
        return known, unknown

    def _unfinished(self, query: Query) -> str | None:
        """The last word, where it may be the beginning of one."""
        if not query.unfinished:
            return None
        surfaces = self._vocabulary.surfaces(query.words[-1])
        return surfaces[-1] if surfaces and len(surfaces[-1]) >= _SHORTEST_PREFIX else None

    def _phrases(self, texts: Sequence[str]) -> tuple[tuple[tuple[Array, ...], ...], list[str], list[str]]:
        """By phrase and segment the documents that hold it; the phrases that are too many; those that cost too much."""
        if not texts:
            return (), [], []
        distinct = list(dict.fromkeys(" ".join(text.casefold().split()) for text in texts))
        found: list[tuple[Array, ...]] = []
        costly: list[str] = []
        left = MAX_POSITIONS
        # The rarest first: it says most, and costs least.
        for positions, text in sorted((self._vocabulary.positions_of(text), text) for text in distinct[:MAX_PHRASES]):
            if found and positions > left:
                costly.append(text)
            else:
                left -= positions
                found.append(self._vocabulary.phrase(text))
        return tuple(filter(None, found)), distinct[MAX_PHRASES:], costly


def _unquoted(text: str) -> list[str]:
    """The words of a text with all signs but quotes."""
    return text.casefold().translate(_NO_QUOTES).split()


def _within_limit(surfaces: list[str]) -> tuple[list[str], list[str]]:
    """The surfaces with no more distinct ones than are looked up, and those that are left out."""
    late = list(dict.fromkeys(surfaces))[MAX_LOOKED_UP:]
    beyond = frozenset(late)
    return [surface for surface in surfaces if surface not in beyond] if late else surfaces, late


def _narrows(query: Query) -> bool:
    """Whether a query asks for something besides words."""
    filters = query.tags_all or query.tags_none or query.after or query.before or query.author or query.lang
    return bool(filters or query.authors_none or query.not_words or query.not_phrases)
