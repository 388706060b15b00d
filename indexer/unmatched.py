"""Settings that match nothing: a selector, a glob, an address that was mistyped, or that a redesign has overtaken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from urllib.parse import unquote, urlsplit

from search_service.engine.urls import canonical_url
from search_service.settings import SiteRules

from .extract.fingerprint import concerns, narrowest_first
from .extract.model import BY_RULES, Extraction
from .sources.selection import pattern_of

_FIELDS = ("title", "date", "author", "body", "tags", "categories", "image")
_SHOWN = 3


class RulesInUse:
    """Which of the rules for single sites have had something to say, of the pages that were read."""

    def __init__(self, rules: Sequence[SiteRules]) -> None:
        self._rules = narrowest_first(rules)
        self._matched: set[tuple[str, str]] = set()

    def note(self, url: str, extraction: Extraction) -> None:
        """Take in what came of a page."""
        rules = self._of(url)
        if rules is None:
            return
        for field in _FIELDS:
            named = extraction.sources.get(field, "").startswith(f"{field} {BY_RULES}")
            if named and getattr(extraction.document, field):
                self._matched.add((rules.address, field))
        if any(cut.why.startswith(f"remove {BY_RULES}") for cut in extraction.cut):
            self._matched.add((rules.address, "remove"))

    def notes(self, pages: Collection[str], unread: Set[str]) -> Iterator[str]:
        """What to tell the operator, of all pages that are known now; `unread` are those that this run didn't read.

        Of a site's selectors nothing is said unless all of its pages were read: some fit the latest posts only.
        """
        for rules in self._rules:
            own = [url for url in pages if self._of(url) is rules]
            if not own:
                yield (
                    f"sites: no page is below {rules.address}, so its rules say nothing. Check the address; a directory"
                    " needs --base-url"
                )
                continue
            paths = [unquote(urlsplit(url).path).lstrip("/") for url in own]
            for name in ("posts", "not_posts"):
                for glob in getattr(rules, name):
                    if not any(map(pattern_of(glob).match, paths)):
                        yield (
                            f"sites: {name} of {rules.address}: no page is at {glob!r}. Globs are matched against whole"
                            f" paths, such as {paths[0]!r}"
                        )
            if unread.isdisjoint(own):
                for field in (*_FIELDS, "remove"):
                    if (css := getattr(rules, field)) and (rules.address, field) not in self._matched:
                        yield (
                            f"sites: {field} of {rules.address}: {css!r} selects nothing on any of its {len(own):,}"
                            " pages. `postseek extract PAGE --explain` shows what is found without it"
                        )

    def _of(self, url: str) -> SiteRules | None:
        return next((rules for rules in self._rules if concerns(rules, url)), None)


def missing_posts(settings: Mapping[str, Iterable[str]], documents: Collection[str]) -> Iterator[str]:
    """What to tell of each setting that names posts, of those addresses at which there is none."""
    known = {url.rstrip("/") for url in documents}
    for name, addresses in settings.items():
        missing = [each for each in dict.fromkeys(addresses) if (canonical_url(each) or each).rstrip("/") not in known]
        if missing:
            more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
            yield (
                f"{name} names what is no post of the index: {', '.join(missing[:_SHOWN])}{more}."
                " `postseek why ADDRESS` says why"
            )
