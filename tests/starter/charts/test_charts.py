"""Pictures: what somebody is called stays text, and bars are as long as their figures."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starter.charts.blocks import TRACK, blocks
from starter.charts.chart import Bar, Chart, Panel
from starter.charts.svg import svg

HOSTILE = '</text><script>alert(1)</script>&"\x00\u202e'


def chart(*parts: tuple[int, ...], label: str = "1-30") -> Chart:
    bars = tuple(Bar(label, each, str(sum(each)), "1 %") for each in parts)
    return Chart("Ageing", "today", ("free", "disputed"), (Panel("acme · EUR", bars),))


def widths(picture: str) -> list[Decimal]:
    return [Decimal(one) for one in re.findall(r'width="([\d.]+)" height="20" rx="2"', picture)]


def test_a_hostile_name_is_shown_and_never_run() -> None:
    picture = svg(chart((1, 2), label=HOSTILE[:26]))
    assert "<script" not in picture
    assert "&lt;script&gt;" in svg(chart((1,), label="<script>"))
    assert ET.fromstring(picture).tag.endswith("svg")  # noqa: S314 - our own file
    assert "\x00" not in blocks(chart((1,), label=HOSTILE))


def test_the_longest_bar_fills_the_track_and_the_others_are_in_proportion() -> None:
    full, half = widths(svg(chart((1000,), (500,))))
    assert full == 2 * half
    lines = blocks(chart((1000,), (250, 250))).splitlines()[-2:]
    assert lines[0].count("█") == TRACK
    assert (lines[1].count("█"), lines[1].count("▓")) == (TRACK // 4, TRACK // 4)


def test_what_there_is_can_be_seen_however_little_it_is() -> None:
    assert widths(svg(chart((10**12,), (1,))))[1] > 0
    assert "█" in blocks(chart((10**12,), (1,))).splitlines()[-1]


@pytest.mark.parametrize("empty", [(), ((0, 0),)])
def test_nothing_is_drawn_of_nothing(empty: tuple[tuple[int, ...], ...]) -> None:
    assert widths(svg(chart(*empty))) == []
    assert "█" not in "".join(blocks(chart(*empty)).splitlines()[2:])


@given(st.lists(st.tuples(st.integers(0, 10**15), st.integers(0, 10**15)), min_size=1, max_size=9))
def test_every_picture_is_a_file_that_can_be_read(parts: list[tuple[int, int]]) -> None:
    drawn = chart(*parts)
    tree = ET.fromstring(svg(drawn))  # noqa: S314 - our own file
    height = Decimal(tree.attrib["height"])
    assert all(Decimal(one.attrib.get("y", "0")) < height for one in tree)
    assert all(len(line) < 120 for line in blocks(drawn).splitlines())
