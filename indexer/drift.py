"""Pages that stop fitting the templates of their site: a new design has to be learned anew."""

from __future__ import annotations

from dataclasses import dataclass

_SHARE = 0.5
_FEWEST = 20
"""The share, and the number, of the pages read again that must no longer fit any template."""


@dataclass(slots=True)
class Drift:
    """Counts pages that were read again and fitted a template before; those that fitted none don't count."""

    fitting: int = 0
    drifted: int = 0

    def note(self, template: str | None) -> None:
        """A page, with the template that it fits now."""
        self.fitting += template is not None
        self.drifted += template is None

    @property
    def is_new_design(self) -> bool:
        """Whether the templates are those of another design."""
        return self.drifted >= _FEWEST and self.drifted > _SHARE * (self.drifted + self.fitting)

    def __str__(self) -> str:
        pages = self.drifted + self.fitting
        return f"{self.drifted} of {pages} pages that were read again fit no template any more"
