"""Why a page is in the index, or isn't: what the last runs noted of it."""

from __future__ import annotations

from dataclasses import dataclass

from search_service.engine.urls import canonical_url, slash_variants

from .extract.model import FUTURE
from .state import PageState, State


@dataclass(frozen=True, slots=True)
class Reason:
    """What is known of an address: the page at it, or that gives the document at it; None where it was never met."""

    url: str
    page: str | None
    state: PageState | None

    def __str__(self) -> str:
        """The answer for a person."""
        if self.state is None:
            return (
                f"Nothing is known of {self.url}: nothing that was indexed lists or links it, or no page was there (it"
                " is gone, robots.txt keeps it closed, or it is no HTML). Check the address; `postseek index` with it"
                " says what is there."
            )
        lines = [f"{self.url} is {self._what(self.state)}."]
        if self.page != self.url:
            lines.append(f"It comes from the page {self.page}.")
        if self.state.part_of:
            lines.append(f"Its text is found as part of {self.state.part_of}.")
        lines.append(f"Source: {self.state.source}.")
        lines.append(f"Template: {self.state.template or 'none, read on its own'}.")
        lacks = [name for name, lacking in (("date", self.state.undated), ("tags", self.state.untagged)) if lacking]
        if self.state.document and lacks:
            lines.append(f"It has no {' and no '.join(lacks)}.")
        if self.state.due and self.state.why != FUTURE:
            lines.append(f"It asks not to be found from {self.state.due} on; the first run from then on takes it out.")
        elif self.state.due:
            lines.append(f"Its day is {self.state.due}; the first run from then on lets it in.")
        elif not self.state.digest:
            lines.append("The next run reads it again, whether or not it changed.")
        return "\n".join(lines)

    def as_json(self) -> dict[str, object]:
        """The answer for a program."""
        state = self.state
        return {
            "url": self.url,
            "known": state is not None,
            "page": self.page,
            "document": state.document if state else None,
            "title": state.title if state else "",
            "why": state.why if state else None,
            "copy_of": state.copy_of if state else None,
            "due": state.due if state else None,
            "part_of": state.part_of if state else None,
            "source": state.source if state else None,
            "template": state.template if state else None,
        }

    def _what(self, state: PageState) -> str:
        if state.document is None:
            return f"not in the index: {state.why}"
        if state.document != self.url:
            return f"in the index as {state.document}"
        return f"in the index: {state.title or '(no title)'}"


def reason(address: str, state: State) -> Reason:
    """What is known of an address as someone types it, with or without a scheme and a slash at its end."""
    url = canonical_url(address)
    candidates = [url] if url else [canonical_url(f"{scheme}://{address}") or address for scheme in ("https", "http")]
    pages = {page.document: at for at, page in state.pages.items() if page.document}
    for candidate in candidates:
        for variant in slash_variants(candidate):
            at = variant if variant in state.pages else pages.get(variant)
            if at is not None:
                return Reason(variant, at, state.pages[at])
    return Reason(url or address, None, None)
