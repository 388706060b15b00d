"""What all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

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
