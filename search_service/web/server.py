"""Runs the service: one listening socket, one process or several behind it."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from ..config import RUN_FOLDER, to_environment
from ..engine.errors import ConfigError
from ..logs import configure_logging
from ..settings import Config
from .example import check_example
from .protocol import BoundedProtocol
from .workers import Workers

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus-client's own variable, which it reads when it is imported: by the worker processes."""

_APP = "search_service.web.app:app_from_environment"
_MEMORY = Path("/dev/shm")  # noqa: S108
"""Where files are memory, on Linux: no disk that runs full can take from workers what they share there."""
_BACKLOG = 2048
_KEEP_ALIVE_SECONDS = 15
_SHUTDOWN_SECONDS = 20

_REMEDIES = {
    errno.EADDRINUSE: "something else listens there; name another port with --port",
    errno.EACCES: "not without privileges; name a port above 1023 with --port",
    errno.EADDRNOTAVAIL: "that address is none of this machine's; name one with --host, 0.0.0.0 for all of them",
}


def serve(config: Config, *, announce: Callable[[str], None] | None = None) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP, then finish the responses that have begun.

    ConfigError for an unusable address.
    `announce` is told the address, port 0 having become a free one; without it that is printed to stderr, as
    `Postseek serves http://127.0.0.1:8000/`.
    """
    configure_logging(config.log_level)
    check_example(config.example)
    listening = _listen(config.host, config.port)
    settings = uvicorn.Config(
        _APP,
        factory=True,
        workers=config.workers,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        backlog=_BACKLOG,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(config.trusted_proxies),
        forwarded_allow_ips=list(config.trusted_proxies),
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    (announce or _announce)(_address(listening))
    # uvicorn raises the signal once more when it has shut down in good order: not a death, but the end of the call.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # which nohup sets
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        with _environment(config):
            if config.workers == 1:
                uvicorn.Server(settings).run(sockets=[listening])
            else:
                Workers(settings, sockets=[listening]).run()
    except KeyboardInterrupt:
        return
    finally:
        listening.close()


@contextmanager
def _environment(config: Config) -> Iterator[None]:
    """What worker processes start from: the settings and, for several, a folder in which they meet."""
    os.environ.update(to_environment(config))
    for name in (RUN_FOLDER, METRICS_FOLDER):
        os.environ.pop(name, None)
    if config.workers == 1:
        yield
        return
    with _shared_folder() as name:
        os.environ.update({RUN_FOLDER: name, METRICS_FOLDER: name})
        yield


def _shared_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder in which workers meet, with the table that they count clients in."""
    from .limits import Counts  # with one worker this process has no need of it

    flaws = []
    for place in (_MEMORY, None):
        try:
            folder = tempfile.TemporaryDirectory(prefix="postseek-", dir=place, ignore_cleanup_errors=True)
            Counts(Path(folder.name))
        except OSError as exc:
            flaws.append(str(exc))
        else:
            return folder
    raise ConfigError(f"several workers need a folder for temporary files; name one with TMPDIR: {'; '.join(flaws)}")


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as exc:
        raise ConfigError(
            f"can't listen on {host}: there is no such address; name one of this machine's with --host, 0.0.0.0 for all"
        ) from exc
    family, *_, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    try:
        listening = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as exc:
        remedy = _REMEDIES.get(exc.errno or 0, f"{exc.strerror}; name another address with --host")
        raise ConfigError(f"can't listen on {host} port {port}: {remedy}") from exc
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
