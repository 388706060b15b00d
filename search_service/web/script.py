"""`/postseek.js`: the modules of `static/elements` as one script, so that a page waits for one small file.

They are modules for those who read and change them, and run as they are from `/static/postseek.js`. Joining them takes
no more than their own rules: imports stand on a line of their own and rename nothing, names at the top level are
unique, and what is to be left out of comments stands on lines of its own.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

from .compression import accepts_gzip
from .etag import is_kept

MEDIA_TYPE = "text/javascript"

_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"(\./[\w./-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async |class |const |function )", re.MULTILINE)
_COMMENT = re.compile(r"^[ ]*(?:/\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"^(?:[ ]+|\n)", re.MULTILINE)


def joined(entry: Path) -> str:
    """The module at `entry` and all that it imports, each once and after what it needs, without comments."""
    return "".join(_parts(entry, set()))


def _parts(module: Path, seen: set[Path]) -> Iterator[str]:
    if module in seen:
        return
    seen.add(module)
    source = module.read_text("utf-8")
    for name in _IMPORT.findall(source):
        yield from _parts((module.parent / name).resolve(), seen)
    for rule in (_IMPORT, _COMMENT, _EXPORT, _BLANK):
        source = rule.sub("", source)
    yield source


class Script:
    """The joined module and its answers: compressed once and as well as can be, with an entity tag of its content."""

    def __init__(self, entry: Path) -> None:
        self._plain = joined(entry).encode()
        self._compressed = gzip.compress(self._plain, compresslevel=9, mtime=0)
        self._tag = f'W/"{hashlib.blake2b(self._plain, digest_size=12).hexdigest()}"'

    def response(self, request: Headers, headers: Mapping[str, str]) -> Response:
        """The module, or 304 for a browser that has it."""
        headers = {"ETag": self._tag, **headers}
        if is_kept(self._tag, request.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        if not accepts_gzip(request.get("accept-encoding", "")):
            return Response(self._plain, headers=headers, media_type=MEDIA_TYPE)
        return Response(self._compressed, headers=headers | {"Content-Encoding": "gzip"}, media_type=MEDIA_TYPE)
