"""A small plot of latencies as SVG: one row an engine within one block a kind, from p50 to p95, on a log scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape

from .measure import Spread
from .querylog import KINDS

_WIDTH, _LEFT, _RIGHT = 760, 190, 24
_ROW, _GAP, _TOP, _BOTTOM = 17, 16, 58, 34
_COLOURS = ("#d9480f", "#f08c4a", "#1971c2", "#74a9d8", "#2f9e44", "#9c36b5", "#868e96", "#495057")

_STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #343a40; }
.title { font-weight: 600; font-size: 14px; }
.kind { font-weight: 600; }
.grid { stroke: #dee2e6; }
@media (prefers-color-scheme: dark) { text { fill: #dee2e6; } .grid { stroke: #495057; } }"""


def latency_plot(measured: Mapping[str, Mapping[str, Spread]]) -> str:
    """The plot of milliseconds by engine and kind."""
    blocks = {kind: [name for name in measured if kind in measured[name]] for kind in KINDS}
    blocks = {kind: names for kind, names in blocks.items() if names}
    values = [value for kinds in measured.values() for each in kinds.values() for value in each[:2]]
    lowest, highest = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    height = _TOP + _BOTTOM + sum(_GAP + _ROW * (len(names) + 1) for names in blocks.values())

    def x(milliseconds: float) -> float:
        share = (math.log10(milliseconds) - lowest) / max(1, highest - lowest)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
        f"<title>Latency by kind of query and engine</title><style>{_STYLE}</style>",
        '<text class="title" x="16" y="26">CPU milliseconds a query: a dot at p50, a line to p95</text>',
    ]
    for exponent in range(lowest, highest + 1):
        at = x(10.0**exponent)
        parts.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{_TOP - 10}" y2="{height - _BOTTOM}"/>')
        parts.append(f'<text x="{at:.1f}" y="{height - 12}" text-anchor="middle">{10.0**exponent:g}</text>')
    colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(measured)}
    top = float(_TOP)
    for kind, names in blocks.items():
        parts.append(f'<text class="kind" x="16" y="{top + 4:.0f}">{escape(kind)}</text>')
        for name in names:
            top += _ROW
            p50, p95, _ = measured[name][kind]
            parts += _row(name, top, x(p50), x(p95), colours[name])
        top += _ROW + _GAP
    return "\n".join([*parts, "</svg>", ""])


def _row(name: str, y: float, start: float, end: float, colour: str) -> Iterator[str]:
    yield f'<text x="{_LEFT - 12}" y="{y + 4:.0f}" text-anchor="end">{escape(name)}</text>'
    yield f'<line x1="{start:.1f}" x2="{end:.1f}" y1="{y:.0f}" y2="{y:.0f}" stroke="{colour}" stroke-width="3"/>'
    yield f'<circle cx="{start:.1f}" cy="{y:.0f}" r="5" fill="{colour}"/>'
