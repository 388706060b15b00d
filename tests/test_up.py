"""From a folder to a working search page with one command."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "examples" / "riverstone"


@pytest.mark.served
def test_up_indexes_serves_and_says_what_to_paste(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "search_service.cli", "up", str(EXAMPLE), "--index", str(tmp_path), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    killer = threading.Timer(120, process.kill)
    killer.start()
    try:
        assert process.stdout is not None
        said = ""
        while "<post-search>" not in said and (line := process.stdout.readline()):
            said += line
        assert "16 posts" in said
        found = re.search(r"Search page: +(http://127\.0\.0\.1:\d+/)", said)
        assert found is not None
        assert f'<script type="module" src="{found[1]}postseek.js"></script>' in said
        with urllib.request.urlopen(found[1] + "?q=back+pain", timeout=10) as page:
            assert "Sleeping Positions" in page.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    finally:
        killer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
