"""Builds of an index on disk that survive a power cut, and the pointer that says which one is live.

INDEX/
  CURRENT                       the id of the live generation
  LOCK                          held by the one writer; names it
  generations/
    20261122T064501Z/           complete, immutable
      manifest.json             sizes and checksums of all the rest
      whoosh/  state/  ...      what the adapter wrote
    20261122T070000Z.draft/     being written, or left by a process that died: removed by the next writer
"""

from .draft import Draft
from .manifest import Manifest
from .store import GenerationStore

__all__ = ["Draft", "GenerationStore", "Manifest"]
