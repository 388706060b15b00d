"""Runs the service: one listening socket, one process or several behind it."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from uvicorn.supervisors import Multiprocess

from ..config import Config, to_environment
from ..engine.errors import ConfigError
from ..logs import configure_logging

_APP = "search_service.web.app:app_from_environment"
_BACKLOG = 2048
_MAX_HEAD = 64 << 10
"""Bytes of a request's line and headers."""
_KEEP_ALIVE_SECONDS = 15
_SHUTDOWN_SECONDS = 20


def serve(config: Config, *, announce: Callable[[str], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then finish the responses that have begun. ConfigError for an unusable address.

    `announce` is told the address, port 0 having become a free one; without it that is printed to stderr, as
    `Postseek serves http://127.0.0.1:8000/`.
    """
    configure_logging(config.log_level)
    listening = _listen(config.host, config.port)
    os.environ.update(to_environment(config))  # worker processes start from import string and environment
    settings = uvicorn.Config(
        _APP,
        factory=True,
        workers=config.workers,
        http="h11",  # the implementation that bounds a request's head
        ws="none",
        lifespan="on",
        backlog=_BACKLOG,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=_MAX_HEAD,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    (announce or _announce)(_address(listening))
    # uvicorn raises the signal once more when it has shut down in good order: not a death, but the end of the call.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if config.workers == 1:
            uvicorn.Server(settings).run(sockets=[listening])
        else:
            Multiprocess(settings, sockets=[listening]).run()
    except KeyboardInterrupt:
        return
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as exc:
        raise ConfigError(f"can't listen on {host} port {port}: {exc.strerror}; name another with --port") from exc
    # uvicorn writes head and body apart; with Nagle's algorithm the body waits for the client's delayed ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.set_inheritable(True)
    return listening


def _announce(address: str) -> None:
    sys.stderr.write(f"Postseek serves {address}\n")
    sys.stderr.flush()


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
