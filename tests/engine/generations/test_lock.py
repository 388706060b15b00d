"""One writer at a time, and the others learn who it is."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from search_service.engine.errors import IndexLocked
from search_service.engine.generations.lock import WriteLock

HOLD = """
import sys, time
from pathlib import Path
from search_service.engine.generations.lock import WriteLock
lock = WriteLock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(600)
"""


def test_a_held_lock_names_its_holder(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "LOCK")
    with pytest.raises(IndexLocked, match=rf"process {os.getpid()} on .+ since \d{{4}}-"):
        WriteLock(tmp_path / "LOCK")
    lock.release()
    WriteLock(tmp_path / "LOCK").release()


def test_releasing_twice_is_fine_and_leaves_the_lock_of_others(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "LOCK")
    lock.release()
    other = WriteLock(tmp_path / "LOCK")
    lock.release()
    with pytest.raises(IndexLocked):
        WriteLock(tmp_path / "LOCK")
    other.release()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"pid": 1}'])
def test_an_unreadable_holder_is_another_process(tmp_path: Path, content: bytes) -> None:
    lock = WriteLock(tmp_path / "LOCK")
    (tmp_path / "LOCK").write_bytes(content)
    with pytest.raises(IndexLocked, match="another process"):
        WriteLock(tmp_path / "LOCK")
    lock.release()


def test_a_lock_that_cant_be_written_isnt_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk, say: else a long-lived process would lock itself out."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(OSError, match="No space"):
            WriteLock(tmp_path / "LOCK")
    WriteLock(tmp_path / "LOCK").release()


def test_a_lock_that_the_file_system_refuses_isnt_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one over the network may for a while."""

    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", no_locks)
        before = os.listdir("/proc/self/fd")
        with pytest.raises(OSError, match="No locks"):
            WriteLock(tmp_path / "LOCK")
        assert os.listdir("/proc/self/fd") == before


def test_a_lock_is_free_though_its_holder_cant_be_taken_out_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    lock = WriteLock(tmp_path / "LOCK")
    with monkeypatch.context() as patched:
        patched.setattr(os, "ftruncate", broken)
        lock.release()
    WriteLock(tmp_path / "LOCK").release()


@pytest.mark.served
def test_the_lock_of_another_process_is_named_and_ends_with_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "LOCK")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(IndexLocked, match=rf"process {process.pid} on"):
            WriteLock(tmp_path / "LOCK")
        process.send_signal(signal.SIGKILL)
        process.wait()
    WriteLock(tmp_path / "LOCK").release()
