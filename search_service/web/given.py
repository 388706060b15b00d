"""The parameters of one request, read by the table of them. Strict: everything that is wrong is named at once.

A parameter with an empty value counts as not given, as plain forms send it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Sequence

from ..engine.errors import QueryError
from ..engine.query import names_somebody, period, tag_group
from .parameters import MAX_TAGS, MAX_TAGS_LENGTH, PARAMETERS

_MAX_ERRORS = 10
_LONGEST_NAME = 40
_LONGEST_PERIOD = 20
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_LANGUAGE = re.compile(PARAMETERS["lang"].pattern or "", re.ASCII)

Pairs = Iterable[tuple[str, str]]


class InvalidParameters(QueryError):
    """All that is wrong with the parameters of one request, in `errors`."""

    def __init__(self, errors: Sequence[QueryError]) -> None:
        super().__init__("; ".join(map(str, errors)), parameter=errors[0].parameter)
        self.errors = tuple(errors)


class Given:
    """The parameters of one request, of which some are `accepted`, and what is wrong with them: see `checked`.

    What is read of them counts only if that returns.
    """

    def __init__(self, pairs: Pairs, accepted: Sequence[str]) -> None:
        self._values: dict[str, list[str]] = {}
        self._errors: list[QueryError] = []
        for name, value in pairs:
            if name in accepted:
                self._values.setdefault(name, []).append(value)
            elif len(self._errors) < _MAX_ERRORS:
                near = difflib.get_close_matches(name[:_LONGEST_NAME].lower(), accepted, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(accepted)}"
                self.wrong(name[:_LONGEST_NAME], f"is no parameter here; {hint}")
        for name, values in self._values.items():
            if len(values) > 1 and not PARAMETERS[name].repeatable:
                self.wrong(name, "is given more than once")
        if "format" in accepted:
            self.choice("format", "json")

    def wrong(self, parameter: str, detail: str) -> None:
        """Note an error; `detail` goes on after the parameter's name."""
        self._errors.append(QueryError(f"{parameter} {detail}", parameter=parameter))

    def checked(self) -> None:
        """InvalidParameters if anything is wrong."""
        if self._errors:
            raise InvalidParameters(self._errors)

    def one(self, name: str) -> str | None:
        """The value of a parameter; None for an empty one."""
        values = self._values.get(name)
        return values[0] if values and values[0].strip() else None

    def whole_number(self, name: str, default: int) -> int:
        """A number within the bounds of its parameter."""
        value, parameter = self.one(name), PARAMETERS[name]
        least, most = parameter.least or 0, parameter.most or 0
        if value is None:
            return default
        if _NUMBER.fullmatch(value) and least <= int(value) <= most:
            return int(value)
        self.wrong(name, f"must be a whole number from {least} to {most}")
        return default

    def choice(self, name: str, default: str) -> str:
        """One of the choices of its parameter."""
        value, choices = self.one(name) or default, PARAMETERS[name].choices
        if value in choices:
            return value
        self.wrong(name, f"must be one of {', '.join(choices)}")
        return default

    def tags(self, name: str) -> tuple[frozenset[str], ...]:
        """One group of alternatives for each time a tag parameter is given."""
        values = [value for value in self._values.get(name, ()) if value.strip()]
        if sum(value.count(",") + 1 for value in values) > MAX_TAGS:
            self.wrong(name, f"names more than {MAX_TAGS} tags")
            return ()
        if sum(map(len, values)) > MAX_TAGS_LENGTH:
            self.wrong(name, f"has more than {MAX_TAGS_LENGTH:,} characters")
            return ()
        groups = tuple(map(tag_group, values))
        if not all(groups):
            self.wrong(name, "names no tag: nothing is left of it but separators")
        return tuple(filter(None, groups))

    def period(self, name: str) -> tuple[dt.date, dt.date] | tuple[None, None]:
        """The first and the last day of a period."""
        value = self.one(name)
        if value is None:
            return None, None
        try:
            return period(value.strip()[:_LONGEST_PERIOD])
        except ValueError as exc:
            self.wrong(name, f"can't be read: {exc}")
            return None, None

    def author(self) -> str | None:
        """A name, or a part of one."""
        value, longest = self.one("author"), PARAMETERS["author"].longest or 0
        if value is None:
            return None
        if len(value) > longest:
            self.wrong("author", f"is longer than {longest} characters")
        elif not names_somebody(value):
            self.wrong("author", "names nobody: it has neither letters nor digits")
        return value.strip()

    def lang(self) -> str | None:
        """A language tag (BCP 47)."""
        value = self.one("lang")
        if value is None:
            return None
        if not _LANGUAGE.fullmatch(value.strip()):
            self.wrong("lang", "is no language: write a tag such as en or pt-BR")
        return value.strip()
