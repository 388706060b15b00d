"""Which addresses may be connected to, and that nothing connects to the others."""

from __future__ import annotations

import socket

import httpcore2
import pytest

from indexer.sources.guard import AddressRefused, Endpoint, Guard, GuardedBackend, is_public

PUBLIC = Endpoint("blog.example", 443)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "ff02::1",
        "blog.example",
    ],
)
def test_what_is_not_on_the_public_internet_is_told(address):
    """Loopback, private, shared, link-local, multicast, reserved; bare, mapped, translated and tunnelled."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_what_is_on_the_public_internet_is_told(address):
    """In the same wrappings."""
    assert is_public(address)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def connections(listener: socket.socket) -> int:
    try:
        connection, _ = listener.accept()
    except BlockingIOError:
        return 0
    connection.close()
    return 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "::ffff:127.0.0.1", "2130706433", "0x7f.1", "127.1", "0.0.0.0"]
)
def test_no_connection_is_opened_to_an_address_that_is_refused(listener, host):
    """However the address is spelt, and though its port is the one that the operator named."""
    port = listener.getsockname()[1]
    backend = GuardedBackend(Guard(Endpoint("blog.example", port)))
    with pytest.raises(AddressRefused):
        backend.connect_tcp(host, port)
    assert connections(listener) == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_what_the_operator_named_is_connected_to(listener, host):
    """A preview on the author's own machine."""
    port = listener.getsockname()[1]
    backend = GuardedBackend(Guard(Endpoint(host, port)))
    backend.connect_tcp(host, port).close()
    assert connections(listener) == 1


def test_naming_one_local_port_opens_no_other(listener):
    """Neither another port of that host, nor another local host at that port."""
    port = listener.getsockname()[1]
    for named in (Endpoint("127.0.0.1", 80), Endpoint("127.0.0.2", port)):
        with pytest.raises(AddressRefused):
            GuardedBackend(Guard(named)).connect_tcp("127.0.0.1", port)
    assert connections(listener) == 0


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_ports_that_serve_no_pages_are_refused(port):
    """On public addresses, too; before anything is resolved."""
    with pytest.raises(AddressRefused, match="port"):
        Guard(PUBLIC).addresses("8.8.8.8", port)


def test_a_public_address_is_admitted_as_it_resolved():
    """The connection goes to this address; the name isn't resolved a second time."""
    assert Guard(PUBLIC).addresses("8.8.8.8", 443) == ["8.8.8.8"]


@pytest.mark.parametrize("host", ["x" * 64 + ".example", "a..example"])
def test_a_host_that_is_no_name_at_all_does_not_resolve(host):
    """An error like any other name's that doesn't."""
    with pytest.raises(httpcore2.ConnectError, match="doesn't resolve"):
        Guard(PUBLIC).addresses(host, 443)
