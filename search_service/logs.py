"""Logging to stderr, one line a message, whatever a message holds."""

from __future__ import annotations

import logging
import re
import sys

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What would drive a terminal, forge a line, or turn the direction of what follows."""

_UPGRADES = ("Unsupported upgrade request.", "No supported WebSocket library detected.")
_ALWAYS_THERE = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime"})


class OneLine(logging.Formatter):
    """Formats a record as one line with its extra attributes, and a traceback as indented lines below it.

    Control characters, a visitor's or a page's, are written as escapes: nothing that is logged can forge a line.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the traceback, if there is one, below it."""
        trace, record.exc_info, record.exc_text = record.exc_info, None, None
        named = "".join(f" {name}={value}" for name, value in vars(record).items() if name not in _ALWAYS_THERE)
        line = visible(super().format(record) + named)
        record.exc_info = trace
        if trace is None:
            return line
        return "\n  ".join([line, *map(visible, self.formatException(trace).split("\n"))])


def visible(text: str) -> str:
    """A text from outside on one line, its control characters written as escapes."""
    return CONTROL.sub(lambda match: ascii(match.group())[1:-1], text)


def _not_of_upgrades(record: logging.LogRecord) -> bool:
    """False for what uvicorn says of each WebSocket that is asked for: nothing to act on, and anyone can ask."""
    return record.name != "uvicorn.error" or not str(record.msg).startswith(_UPGRADES)


def configure_logging(level: str = "info") -> None:
    """Send the logs of this process to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(_not_of_upgrades)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
