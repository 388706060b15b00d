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

from search_service.printed import welcome

EXAMPLE = Path(__file__).parents[1] / "examples" / "riverstone"


@pytest.mark.parametrize("address", ["http://0.0.0.0:8000/", "http://[::]:8000/"])
def test_an_address_that_nobody_can_go_to_is_not_to_be_pasted(address: str) -> None:
    assert 'src="http://localhost:8000/postseek.js"' in welcome(address)
    assert "set public_url" in welcome(address)
    assert "public_url" not in welcome("https://search.blog.example/")


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
