"""`/metrics` for Prometheus, right with one worker process and with several.

With several, prometheus-client keeps each worker's numbers in a file below `METRICS_FOLDER`, which `server` sets, and
whichever worker is asked adds them up. Numbers of workers that died stay in the sums, but for requests in flight.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from .exchange import Exchange
from .live import LiveIndex
from .responses import NO_STORE
from .server import METRICS_FOLDER

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_LIVE_FILE = re.compile(r"gauge_live\w*_(\d+)\.db")


class RequestMetrics:
    """Counts exchanges; an `exchange.Observer`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "postseek_requests", "Requests that were answered.", ("route", "method", "status"), registry=registry
        )
        self._seconds = Histogram(
            "postseek_request_seconds",
            "Time from a request to the end of its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._in_flight = Gauge(
            "postseek_requests_in_flight",
            "Requests that are being answered now.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        # labels() looks everything up anew; routes, methods and statuses are few.
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}

    def began(self, exchange: Exchange) -> None:
        """A request has come."""
        self._in_flight.inc()

    def ended(self, exchange: Exchange) -> None:
        """Its answer is out."""
        self._in_flight.dec()
        key = (exchange.route, exchange.method, exchange.status)
        counter, timer = self._counters.get(key), self._timers.get(exchange.route)
        if counter is None:
            counter = self._counters[key] = self._requests.labels(exchange.route, exchange.method, exchange.status)
        if timer is None:
            timer = self._timers[exchange.route] = self._seconds.labels(exchange.route)
        counter.inc()
        timer.observe(exchange.seconds)


class IndexMetrics(Collector):
    """What is served, looked up when it is asked for: the same in every worker."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The families."""
        generation = self._live.generation
        info = GaugeMetricFamily("postseek_info", "The version that runs.", labels=("version",))
        info.add_metric((version("postseek"),), 1)
        yield info
        yield GaugeMetricFamily("postseek_index_served", "1 while an index is served, else 0.", bool(generation))
        if generation:
            yield GaugeMetricFamily("postseek_index_documents", "Posts in the index.", generation.documents)
            yield GaugeMetricFamily(
                "postseek_index_timestamp_seconds",
                "When the index was built; its age is time() minus this.",
                generation.created_at.timestamp(),
            )


class Metrics:
    """The page that Prometheus reads."""

    def __init__(self, live: LiveIndex) -> None:
        self._folder = Path(os.environ[METRICS_FOLDER]) if METRICS_FOLDER in os.environ else None
        own = CollectorRegistry()
        self.requests = RequestMetrics(own)
        self._registry = CollectorRegistry() if self._folder else own
        if self._folder:
            MultiProcessCollector(self._registry, str(self._folder))  # type: ignore[no-untyped-call]
        self._registry.register(IndexMetrics(live))

    async def show(self, request: Request) -> Response:
        """`GET /metrics`."""
        if self._folder:
            _bury(self._folder)
        return Response(generate_latest(self._registry), headers={**NO_STORE, "Content-Type": CONTENT_TYPE_LATEST})


def _bury(folder: Path) -> None:
    """Forget what workers had in flight when they died."""
    for name in os.listdir(folder):
        match = _LIVE_FILE.fullmatch(name)
        if match and not _lives(int(match[1])):
            with suppress(FileNotFoundError):  # another worker was first
                mark_process_dead(int(match[1]), str(folder))  # type: ignore[no-untyped-call]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
