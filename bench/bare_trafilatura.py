"""trafilatura by itself over the pages of a directory: `python -m bench.bare_trafilatura DIRECTORY`."""

from __future__ import annotations

import sys
from pathlib import Path

from trafilatura import bare_extraction


def _main(directory: Path) -> None:
    for path in sorted(directory.rglob("*.html")):
        bare_extraction(path.read_bytes(), with_metadata=True)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
