"""A chart as an SVG file: plain shapes and text, no script, nothing loaded from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from starter.charts.chart import Bar, Chart, Panel, Value

COLOURS = ("#2f6db5", "#e3a02c", "#8d6bb0", "#c8553d", "#aab4c0", "#5f7f78")
"""Told apart by colour-blind people, too, and in grey."""

WIDTH, MARGIN, LABEL = 880, 32, 210
BAR, STEP = 20, 32
HEADER, TITLE, GAP = 84, 34, 18
_LONGEST_LABEL = 28
PER_LETTER = 8
_SHORTEST_TRACK = 160
_SPACES = "\u00a0\u202f"
FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide what is written behind the bars is: as wide as the longest of it.

    Attributes:
        note: the second column, at the right edge.
        track: what is left for the bars.
    """

    note: int
    track: int


def svg(chart: Chart) -> str:
    """Draw the whole file."""
    return "\n".join(_lines(chart)) + "\n"


def _columns(chart: Chart) -> _Columns:
    bars = [bar for panel in chart.panels for bar in panel.bars]
    texts = max((len(bar.text) for bar in bars), default=0)
    notes = max((len(bar.note) for bar in bars), default=0)
    note = PER_LETTER * notes + 16 if notes else 0
    left = WIDTH - 2 * MARGIN - LABEL - PER_LETTER * texts - 16 - note
    return _Columns(note, max(left, _SHORTEST_TRACK))


def _lines(chart: Chart) -> Iterator[str]:
    height = HEADER + sum(_height(panel) for panel in chart.panels) + MARGIN // 2
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" font-family="{FONT}">'
    )
    yield f"<title>{_safe(chart.title)}</title>"
    yield f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#ffffff"/>'
    yield _text(MARGIN, 38, chart.title, 'font-size="20" font-weight="600" fill="#1c2733"')
    yield _text(MARGIN, 62, chart.subtitle, 'font-size="13" fill="#5b6875"')
    yield from _legend(chart.legend)
    top, columns = HEADER, _columns(chart)
    for panel in chart.panels:
        yield from _panel(panel, top, columns)
        top += _height(panel)
    yield "</svg>"


def _height(panel: Panel) -> int:
    return TITLE + STEP * len(panel.bars) + GAP


def _legend(names: tuple[str, ...]) -> Iterator[str]:
    """From the right edge to the left, so that it never meets the subtitle's beginning."""
    right = WIDTH - MARGIN
    shown = list(zip(names, COLOURS, strict=False)) if len(names) > 1 else []
    for name, colour in reversed(shown):
        left = right - PER_LETTER * len(name) - 18
        yield f'<rect x="{left}" y="28" width="12" height="12" rx="2" fill="{colour}"/>'
        yield _text(left + 18, 38, name, 'font-size="13" fill="#3c4956"')
        right = left - 18


def _panel(panel: Panel, top: int, columns: _Columns) -> Iterator[str]:
    yield (
        f'<line x1="{MARGIN}" y1="{top}" x2="{WIDTH - MARGIN}" y2="{top}" '
        'stroke="#dfe4ea" stroke-width="1"/>'
    )
    yield _text(MARGIN, top + 24, panel.title, 'font-size="14" font-weight="600" fill="#1c2733"')
    for number, bar in enumerate(panel.bars):
        yield from _bar(bar, panel.longest, top + TITLE + number * STEP, columns)


def _bar(bar: Bar, longest: Value, top: int, columns: _Columns) -> Iterator[str]:
    left, middle = MARGIN + LABEL, top + BAR - 5
    label = _short(bar.label)
    behind = 'font-size="13" fill="#3c4956" text-anchor="end"'
    yield _text(left - 12, middle, label, behind)
    track = f'width="{columns.track}" height="{BAR}"'
    yield f'<rect x="{left}" y="{top}" {track} rx="3" fill="#f1f4f7"/>'
    at = Decimal(left)
    for part, colour in zip(bar.parts, COLOURS, strict=False):
        wide = _share(part, longest, columns.track)
        if wide > 0:
            yield (
                f'<rect x="{at}" y="{top}" width="{wide}" height="{BAR}" rx="2" fill="{colour}"/>'
            )
        at += wide
    number = 'font-size="13" fill="#1c2733" font-variant-numeric="tabular-nums" text-anchor="end"'
    yield _text(WIDTH - MARGIN - columns.note, middle, bar.text, number)
    if bar.note:
        yield _text(WIDTH - MARGIN, middle, bar.note, number.replace("#1c2733", "#5b6875"))


def _share(part: Value, longest: Value, track: int) -> Decimal:
    """How wide a part is; what there is can be seen, however little it is."""
    if part <= 0 or longest <= 0:
        return Decimal(0)
    return max(Decimal("1.5"), (Decimal(part) * track / Decimal(longest)).quantize(Decimal("0.1")))


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _text(x: int, y: int, words: str, style: str) -> str:
    return f'<text x="{x}" y="{y}" {style}>{_safe(words)}</text>'


def _safe(words: str) -> str:
    """Somebody's name is text and nothing else, in XML without control characters.

    The spaces that keep a sum together stay spaces.
    """
    shown = (" " if letter in _SPACES else letter for letter in words)
    return html.escape("".join(letter for letter in shown if letter.isprintable()))
