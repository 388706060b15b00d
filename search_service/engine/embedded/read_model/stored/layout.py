"""The arrays of a segment: names, types, shapes, and the constants that they depend on.

N documents in order of their dates, the undated first; T terms and S surfaces in order of their UTF-8 bytes; P
postings; K positions, which are the tokens of all documents one after the other, title, headings, tags and body of
each, with one empty position between two texts so that no phrase runs across; after the tokens of a text the parts of
those in scripts without spaces (`bigrams.parts`), each after an empty position.

    documents
      day             i4 [N]      date as a proleptic ordinal (datetime.date.toordinal), 0: undated; ascending
      first_position  u4 [N + 1]  position of the first token
      document_at     u4          document of every 64th position (position_table.py)
      field_position  u4 [N, 4]   position of the first token of title, headings, tags, body
      card            strings     JSON: what a hit shows, so that a hit is one short read (card.py)
      rest            strings     JSON: the other fields but for the body
      body            strings     UTF-8
      url             strings
      url_order       u4 [N]      documents in order of their URLs' bytes, for look-ups
      facet_of        u2 [N, W]   numbers of the tags, in order of their keys, and of the year of each document, which
                                  follow those of the tags; what is left over of a row has the number after the last;
                                  u4 where there are so many
      more_doc, more_facet  u4, u2  those beyond W of a document, ascending by document
    terms
      term            strings     sorted
      posting_at      i8 [T + 1]  postings of term t: [posting_at[t] : posting_at[t + 1]]
      posting_doc     u4 [P]      ascending within a term
      posting_impact  u2 [P]      score of the term in the document, quantised (impact.py)
      position_at     i8 [T + 1]  positions of term t
      position        u4 [K']     ascending within a term; K' = K without the empty positions
      previous_term   u1 [K']     which term is at the position before: its number in `own_term` or a hash (adjacent.py)
      next_term       u1 [K']     which term is at the position after, likewise
      own_term        u4 [<= 128]  the terms of most positions, ascending
      char            u2 [K]      by position: where the token begins in its text, in characters; 65535: further on
      width           u1 [K]      by position: characters of the token; 255: so many or more
      row             i4 [T]      row of the dense impacts, or -1
      dense           u4 [D, N]   cells (cells.py) by document, for terms of more than N / DENSE_SHARE documents
      facet_term      u4 [F]      the terms of more than N / FACET_SHARE documents, ascending
      facet           u4 [F, C]   their numbers of documents by tag, in order of the tags' keys, then by year
      surface, surface_term  strings, u4 [S]  folded words with the term that each stands for
      neighbour       u4 [M]      hashes of the surfaces with a letter or two left out, ascending (typos.py)
      neighbour_surface  u4 [M]   the surface that each is of
    exact keys: tags, authors' words, languages
      key             strings     sorted; "tag\x1f...", "author\x1f...", "lang\x1f..."
      key_doc_at      i8 [G + 1]  documents of key g
      key_doc         u4
      labels          strings     JSON by key: a tag's spellings with their numbers of documents
    titles: the arrays of `titles`, for suggestions

A `strings` array is two: NAME, u1, the bytes of all of them; NAME_at, i8 [n + 1], where each begins.
"""

from __future__ import annotations

LAYOUT_VERSION = 12
"""Part of an index's schema hash. Raise it with any change of the arrays or of how impacts are computed."""

FIELDS = ("title", "headings", "tag_text", "body")

DENSE_LEAST = 256
"""Documents that a term is in at least, for a dense row."""

DENSE_SHARE = 4
"""A term in more than one of so many documents has a dense row: adding a row costs less than scattering postings."""

FACET_LEAST = 256
"""Documents that a term is in at least, for its tags and years to be counted when the segment is written."""

FACET_SHARE = 64
"""Terms in more than one of so many documents are counted so. Of others a query counts the documents one by one."""

FACET_COLUMNS = 1024
"""Tags and years at most, or nothing is counted beforehand."""

FACET_WIDTH = 16
"""Tags and years of one document, at most, that stand in its row: a rectangle is counted in a third of the steps."""

FAR = 0xFFFF
"""In `char`: the token is beyond what snippets look at."""

WIDEST = 0xFF
"""In `width`: the token has so many characters or more."""

NO_TERM = 0xFFFFFFFF
"""In the stream of terms that a segment is built from: an empty position."""
