"""A chart for a terminal, in plain block characters."""

from __future__ import annotations

from collections.abc import Iterator

from starter.charts.chart import Bar, Chart, Panel, Value

FILLS = "█▓▒░·~"
"""One for each part of a bar, in the order of the legend; to be told apart without colours."""

TRACK = 40
_LONGEST_LABEL = 24


def blocks(chart: Chart) -> str:
    """Draw the whole chart, line by line."""
    return "\n".join(_lines(chart)) + "\n"


def _lines(chart: Chart) -> Iterator[str]:
    yield f"{_plain(chart.title)}  {_plain(chart.subtitle)}"
    if len(chart.legend) > 1:
        named = zip(FILLS, chart.legend, strict=False)
        yield "  ".join(f"{fill} {name}" for fill, name in named)
    for panel in chart.panels:
        yield ""
        yield _plain(panel.title)
        yield from _panel(panel)


def _panel(panel: Panel) -> Iterator[str]:
    wide = min(_LONGEST_LABEL, max((len(bar.label) for bar in panel.bars), default=0))
    texts = max((len(bar.text) for bar in panel.bars), default=0)
    for bar in panel.bars:
        label = _plain(bar.label)[:_LONGEST_LABEL].rjust(wide)
        drawn = _bar(bar, panel.longest).ljust(TRACK)
        yield f"  {label}  {drawn}  {bar.text.rjust(texts)}  {bar.note}".rstrip()


def _bar(bar: Bar, longest: Value) -> str:
    """Each part ends where the sum up to it ends, so that the whole bar is never too long."""
    drawn, so_far = "", 0 * longest
    for part, fill in zip(bar.parts, FILLS, strict=False):
        so_far += part
        end = int(so_far * TRACK / longest) if longest > 0 else 0
        least = 1 if part > 0 and not drawn else 0
        drawn += fill * max(end - len(drawn), least)
    return drawn


def _plain(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable())
