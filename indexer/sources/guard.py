"""Which addresses a crawl may connect to, and connections that go to the very address that was checked.

A page, redirect or sitemap can name any host, and a name can resolve to anything at any moment; so the decision is
made where the connection is made, on addresses, for every connection. What isn't globally routable is refused, but
for the one host and port that the operator named as an IP address or `localhost`.
"""

from __future__ import annotations

import ipaddress
import math
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from urllib.parse import urlsplit

import httpcore2

_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("127.0.0.1", "::1")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # All of IPv6 that the internet is assigned from (RFC 4291).
_PROTOCOL_ASSIGNMENTS = ipaddress.ip_network("192.0.0.0/24")  # Not private to older versions of `ipaddress`.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # An IPv4 address that a translator connects to (RFC 6052).


class AddressRefused(httpcore2.ConnectError):
    """A host or port that a crawl has no business with. No connection was opened."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host and a port."""

    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Endpoint:
        """The endpoint of a canonical URL."""
        parts = urlsplit(url)
        return cls(parts.hostname or "", parts.port or _PORTS[parts.scheme])

    @property
    def is_local(self) -> bool:
        """Whether it is named without the help of name servers: by IP address or as `localhost`."""
        return _ip_address(self.host) is not None or self.host == "localhost" or self.host.endswith(".localhost")


@dataclass(frozen=True, slots=True)
class Guard:
    """Admits `named`, the endpoint that the operator asked for, and the public web on ports 80, 443 and that one's."""

    named: Endpoint

    def addresses(self, host: str, port: int) -> list[str]:
        """The IP addresses of `host` that may be connected to, at least one. AddressRefused where there is none."""
        if port not in {*_PORTS.values(), self.named.port}:
            raise AddressRefused(f"{host}: port {port} is refused; pages are on ports 80 and 443")
        found = _resolve(host, port)
        named = self.named.is_local and self.named == Endpoint(host, port)
        admitted = [address for address in found if is_public(address) or (named and address in (host, *_LOOPBACK))]
        if not admitted:
            raise AddressRefused(
                f"{host} is at {found[0]}, which isn't on the public internet: index the folder it is built into"
            )
        return admitted


def is_public(address: str) -> bool:
    """Whether an IP address is a single host of the public internet, whatever it is wrapped in."""
    ip = _ip_address(address)
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip)
    if isinstance(ip, IPv6Address):
        return ip in _GLOBAL_UNICAST and ip.is_global
    return (
        ip is not None and ip.is_global and not (ip.is_multicast or ip.is_reserved) and ip not in _PROTOCOL_ASSIGNMENTS
    )


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens the connections of one client: to admitted addresses only, and with one deadline over all that it does.

    `deadline` is a `time.monotonic()`. A server that sends a byte a second gets past timeouts of single reads.
    """

    def __init__(self, guard: Guard) -> None:
        self.deadline = math.inf
        self._guard = guard
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first admitted address of `host` that answers."""
        failure: httpcore2.ConnectError | None = None
        for address in self._guard.addresses(host, port):
            try:
                stream = self._sockets.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except httpcore2.ConnectError as exc:
                failure = exc
            else:
                return _DeadlineStream(stream, self)
        raise failure or httpcore2.ConnectError(f"{host} has no address")

    def left(self, timeout: float | None) -> float | None:
        """Seconds that an operation may take; None for any number. ReadTimeout where none is left."""
        if self.deadline == math.inf:
            return timeout
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the deadline has passed")
        return left if timeout is None else min(timeout, left)


class _DeadlineStream(httpcore2.NetworkStream):
    """A connection whose every operation keeps the backend's deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout))
        return _DeadlineStream(secured, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as exc:
        raise httpcore2.ConnectError(f"{host} doesn't resolve") from exc
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _ip_address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
