"""Worker processes that die are replaced: one at once, those that die again and again after pauses."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator

import pytest
import uvicorn
from uvicorn.supervisors.multiprocess import SIGNALS

from search_service.web.workers import Workers


@pytest.fixture
def signals() -> Iterator[None]:
    """uvicorn takes all signals for itself."""
    before = {each: signal.getsignal(each) for each in SIGNALS}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.served
@pytest.mark.usefixtures("signals")
def test_workers_that_die_as_they_start_are_replaced_after_longer_and_longer_pauses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config("no.such.app:app", workers=1, log_config=None)
        workers = Workers(config, [listening], clock=clock)
        workers.init_processes()

        def is_replaced_at(second: float) -> bool:
            (worker,) = workers.processes
            worker.join()
            clock.now = second
            workers.keep_subprocess_alive()
            return workers.processes != [worker]

        assert is_replaced_at(0)  # the first
        assert is_replaced_at(0.5)  # might be a coincidence
        assert "replaced after 1 s" in caplog.text
        assert not is_replaced_at(1)
        assert is_replaced_at(2)
        assert not is_replaced_at(3.5)
        assert is_replaced_at(4.5)
        assert "replaced after 4 s" in caplog.text
        for second in (10, 20, 40, 75, 110):
            assert is_replaced_at(second)
        assert "replaced after 30 s" in caplog.text
        assert caplog.text.count("takes its place") == 9
        assert is_replaced_at(300)
        assert is_replaced_at(300.5)  # the one before was by itself
        workers.terminate_all()
        workers.join_all()
