"""The names of generations: the second in which each was begun, so that their order is that of their names."""

from __future__ import annotations

import datetime as dt
import re

_ID = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_FORMAT = "%Y%m%dT%H%M%SZ"


def is_id(name: str) -> bool:
    """Whether this names a generation, and not a draft or a stranger's folder."""
    if _ID.fullmatch(name) is None:
        return False
    try:
        dt.datetime.strptime(name, _FORMAT)
    except ValueError:
        return False
    return True


def next_id(*, after: str | None) -> str:
    """Now, or the second after the newest generation where the clock went back."""
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    if after is not None:
        now = max(now, dt.datetime.strptime(after, _FORMAT) + dt.timedelta(seconds=1))
    return now.strftime(_FORMAT)
