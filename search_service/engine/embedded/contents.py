"""What a generation of the embedded engine holds, and which of them this version can read."""

from __future__ import annotations

import hashlib

from ..text import ANALYSIS_VERSION
from .read_model.stored.layout import LAYOUT_VERSION

SEGMENTS = "whoosh"
"""Folder of the Whoosh index."""
READ_MODEL = "read_model"
"""Folder of the arrays that queries run on."""
STATE = "state"
"""Folder of what the indexer keeps."""

SCHEMA_VERSION = 4
"""Raise it with any change of the fields of the Whoosh index."""


def schema_hash() -> str:
    """What identifies generations that this version can read."""
    return hashlib.sha256(f"{SCHEMA_VERSION}|{ANALYSIS_VERSION}|{LAYOUT_VERSION}".encode()).hexdigest()[:16]
