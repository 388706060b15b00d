"""What all tests share."""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

# Processes that tests start are to end by these, also where the tests run in the background of a shell, which ignores
# them for all that is started from there.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# Examples are the same in every run, nothing is kept between runs, and a slow machine is no failure.
settings.register_profile(
    "postseek",
    deadline=None,
    max_examples=300,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
settings.load_profile("postseek")
