"""How pages are read, as a few characters: pages that were read in another way are read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

from indexer.extract.addresses.keys import host_of
from search_service.settings import SiteRules

PROFILES = "platforms.toml"


def concerns(rules: SiteRules, url: str) -> bool:
    """Whether the page at `url` is on the site that the rules are for: on its host, below its path."""
    site, page = urlsplit(rules.address).path.rstrip("/"), urlsplit(url).path
    return host_of(rules.address) == host_of(url) and f"{page}/".startswith(f"{site}/")


def narrowest_first(rules: Iterable[SiteRules]) -> list[SiteRules]:
    """The rules in the order in which the first that concerns a page counts: /notes/ of a site may have its own."""
    return sorted(rules, key=lambda each: -len(each.address))


def how_read(rules: Sequence[SiteRules], *, base_url: str) -> str:
    """A digest of the profiles, and of the rules for the host that `base_url` is on."""
    own = [each for each in rules if host_of(each.address) == host_of(base_url)]
    return hashlib.sha256(_profiles() + (msgspec.json.encode(own) if own else b"")).hexdigest()[:16]


@cache
def _profiles() -> bytes:
    return files("indexer.extract.profiles").joinpath(PROFILES).read_bytes()
