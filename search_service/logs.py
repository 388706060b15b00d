"""Logging to stderr, one line a message, whatever a message holds."""

from __future__ import annotations

import logging
import re
import sys

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """Formats a record as one line; control characters, a visitor's or a page's, are written as escapes."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the traceback, if there is one, below it."""
        trace, record.exc_text = record.exc_info, None
        record.exc_info = None
        line = _CONTROL.sub(lambda match: ascii(match.group())[1:-1], super().format(record))
        record.exc_info = trace
        return line if trace is None else f"{line}\n{self.formatException(trace)}"


def configure_logging(level: str = "info") -> None:
    """Send the logs of this process to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
