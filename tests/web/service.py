"""A real service in a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from search_service.config import to_environment
from search_service.settings import Config

START = (
    "from search_service.config import load_config; from search_service.web.server import serve; serve(load_config())"
)


@dataclass
class Service:
    """A running service; `log` is what it wrote to stderr so far."""

    process: subprocess.Popen[str]
    address: str = ""
    log: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rsplit(":", 1)[1])


@contextmanager
def running(config: Config) -> Iterator[Service]:
    process = subprocess.Popen(
        [sys.executable, "-c", START], env=os.environ | to_environment(config), stderr=subprocess.PIPE, text=True
    )
    service = Service(process)
    told = threading.Event()

    def read() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            service.log.append(line.rstrip())
            if match := re.fullmatch(r"Postseek serves (http://\S+/)", line.rstrip()):
                service.address = match[1]
                told.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert told.wait(30), service.log
        yield service
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
            reader.join()
            if process.stderr:
                process.stderr.close()
