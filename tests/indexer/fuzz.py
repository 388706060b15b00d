"""Pages that no generator would make: those of the golden blogs, damaged in every way that is seen, and some more."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from indexer.sources import Page

LARGEST = 2 * 1024 * 1024
_TAG = re.compile(rb"<[^<>]*>")
_PIECES = (
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?php", b"\0", b"&#xD800;", b"&#0;", b"&nosuch;", b"'",
    b'"', b"<svg>", b"<math><mi>", b"<table><td>", b"<select><option>", b"<frameset>", b"<plaintext>", b"<script>",
    b"</body>", b"<template>", b"<noscript>", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"<base href='//[x'>",
    b"<a href='http://[x'>", b"<time datetime='99999-99-99'>", b"<p itemprop=datePublished content=-1>", b"<h1>",
    b"<title>", b"<article>",
)  # fmt: skip
_HOSTILE_JSON = (
    '{"@type":"BlogPosting","headline":' + "[" * 20_000,
    '{"@type":"BlogPosting","headline":1e999,"datePublished":-1e999,"keywords":{"a":[{}]}}',
    '{"@type":"BlogPosting","headline":"\\ud800","datePublished":"0000-00-00","author":[[[[{}]]]]}',
    '{"@type":["BlogPosting",null,7],"headline":' + "9" * 50_000 + "}",
    '[{"@type":"BlogPosting","headline":"x"},' * 2_000,
    '{"@type":"BlogPosting","headline":"a\nb\tc","isAccessibleForFree":{"a":1},"image":{"url":[[]]},"url":"//[x"}',
)  # fmt: skip
_LISTED = (
    b"<a rel=tag href=/tag/x>x</a> ", b"<time datetime=2019-05-05>May 5, 2019</time>", b"<p>by Ada Miller</p>",
    b"<h2><a href=/p>Another post</a></h2>", b"<meta property=article:tag content=x>", b"<br>", b"22 March 2017 ",
    b"<div class=author>Ada</div>", b"<li><p>A line of some length, and then one more.</p></li>", b"&amp;lt;&#x1F600;",
)  # fmt: skip
Mutation = Callable[[bytes, random.Random, int], bytes]


def fuzzed(pages: Sequence[bytes], count: int, *, seed: int, largest: int = LARGEST) -> Iterator[Page]:
    """`count` damaged pages, the same ones for the same `seed`; the address of each names what was done to it."""
    chance = random.Random(seed)
    for number in range(count):
        content, done = chance.choice(pages), []
        for mutation in chance.choices(_MUTATIONS, k=chance.choice((1, 1, 2, 3))):
            content = mutation(content, chance, largest)[:largest]
            done.append(mutation.__name__.strip("_"))
        yield Page(url=f"https://fuzz.example/{seed}/{number}/{'+'.join(done)}", content=content)


def _truncated(content: bytes, chance: random.Random, largest: int) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flipped(content: bytes, chance: random.Random, largest: int) -> bytes:
    damaged = bytearray(content)
    for _ in range(min(len(damaged), chance.choice((1, 10, 200)))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _sprinkled(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With pieces of markup where none belong."""
    for _ in range(chance.choice((1, 5, 40))):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(_PIECES) + content[at:]
    return content


def _souped(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With its tags in another order."""
    tags = _TAG.findall(content)
    chance.shuffle(tags)
    shuffled = iter(tags)
    return _TAG.sub(lambda _: next(shuffled), content)


def _unclosed(content: bytes, chance: random.Random, largest: int) -> bytes:
    return re.sub(rb"</(?:p|div|li|a|span|article|h\d)>", b"", content)


def _nested(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With its body deep inside of others, and perhaps many times beside itself."""
    start, _, body = content.partition(b"<body")
    around = chance.choice(
        (b"<div class=author>", b"<p><a href=x>", b"<ul><li>", b"<blockquote>", b"<table><tr><td>", b"<b>")
    )
    return (start + b"<body>" + around * chance.choice((3, 30, 100, 5_000)) + b"<body" + body)[:largest]


def _attributed(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With an element of many attributes, or of one that has no end."""
    many = b" ".join(b"data-%d='>'" % number for number in range(chance.choice((50, 900, 100_000))))
    huge = b'class="' + chance.choice((b"post tags ", b"author date", b"x")) * chance.choice((100, 90_000)) + b'"'
    return content.replace(b"<article", b"<article " + chance.choice((many, huge)), 1)[:largest]


def _misencoded(content: bytes, chance: random.Random, largest: int) -> bytes:
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(("utf-16", "cp1252", "shift_jis", "gb18030", "cp1251", "utf-32"))
    half = len(text) // 2
    mixed = text[:half].encode() + text[half:].encode(encoding, "replace")
    return chance.choice((text.encode(encoding, "replace"), mixed))


def _declared(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With the name of another encoding."""
    name = chance.choice((b"utf-7", b"rot13", b"idna", b"unicode_escape", b"koi8-r", b"utf-16", b"undefined", b"\xff"))
    return re.sub(rb"charset=\"[^\"]*\"", b'charset="' + name + b'"', content, flags=re.IGNORECASE)


def _stated(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With JSON-LD that nobody should believe."""
    script = f'<script type="application/ld+json">{chance.choice(_HOSTILE_JSON)}</script>'
    return content.replace(b"</head>", script.encode() + b"</head>", 1)


def _exploded(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With one of its parts over and over again."""
    start = chance.randrange(len(content) + 1)
    part = content[start : start + chance.choice((3, 20, 200, 3_000))]
    return content[:start] + part * (chance.choice((largest // 20, largest)) // max(1, len(part))) + content[start:]


def _listed(content: bytes, chance: random.Random, largest: int) -> bytes:
    """With a great number of something that is looked at one by one."""
    part = chance.choice(_LISTED)
    return content.replace(b"</h1>", b"</h1>" + part * (chance.choice((largest // 20, largest)) // len(part)), 1)


_MUTATIONS: tuple[Mutation, ...] = (
    _truncated, _flipped, _sprinkled, _souped, _unclosed, _nested, _attributed, _misencoded, _declared, _stated,
    _exploded, _listed,
)  # fmt: skip
