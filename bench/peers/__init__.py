"""The engines that are measured, one module each. Those whose packages aren't installed are left out, by name."""

from __future__ import annotations

from importlib import import_module

from .peer import Found, Peer

PEERS = {
    "Postseek": "bench.peers.postseek:TopTen",
    "Postseek, full": "bench.peers.postseek:Full",
    "tantivy": "bench.peers.tantivy:Tantivy",
    "tantivy, no bodies": "bench.peers.tantivy:WithoutBodies",
    "SQLite FTS5": "bench.peers.fts5:Fts5",
    "Xapian": "bench.peers.xapian:Xapian",
    "bm25s": "bench.peers.bm25s:Bm25s",
    "Whoosh": "bench.peers.whoosh:Whoosh",
}
"""Names as they are printed -> classes."""


def peer_class(name: str) -> type[Peer]:
    """The class of a peer. ImportError where what it needs isn't installed."""
    module, _, attribute = PEERS[name].partition(":")
    found: type[Peer] = getattr(import_module(module), attribute)
    return found


def installed_peers(names: list[str]) -> tuple[list[str], list[str]]:
    """Which of these can be measured, and which can't."""
    installed, missing = [], []
    for name in names:
        try:
            peer_class(name)
        except ImportError:
            missing.append(name)
        else:
            installed.append(name)
    return installed, missing


__all__ = ["PEERS", "Found", "Peer", "installed_peers", "peer_class"]
