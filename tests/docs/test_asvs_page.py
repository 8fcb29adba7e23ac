"""The page of the ASVS names each number of its levels 1 and 2 once, and only tests that exist."""

import re

import pytest

from tests.docs.pages import ROOT

SECTIONS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
"""How many requirements of levels 1 and 2 each section has; those of level 3 are its last."""

PAGE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
_LINE = re.compile(
    r"^\| (\d+\.\d+\.\d+)(?: to (\d+\.\d+)\.(\d+))? \| ([^|]+) \| (\w+) \| (.+) \|$", re.MULTILINE
)
LINES = _LINE.findall(PAGE)


def _numbers(first: str, section: str, last: str) -> list[str]:
    begun, _, number = first.rpartition(".")
    assert section in {"", begun}, f"{first} ends in another section"
    return [f"{begun}.{one}" for one in range(int(number), int(last or number) + 1)]


def test_each_number_of_the_standard_stands_there_once() -> None:
    wanted = [f"{section}.{n}" for section, most in SECTIONS.items() for n in range(1, most + 1)]
    found = [one for line in LINES for one in _numbers(*line[:3])]
    assert len(wanted) == 253
    assert found == wanted


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_each_line_says_how_it_stands_and_names_only_what_exists(line: tuple[str, ...]) -> None:
    assert line[4] in {"kept", "none", "yours", "open"}
    named = re.findall(r"`((?:tests|docs|infra)/[^`]+)`", line[5])
    assert not [one for one in named if not (ROOT / one).exists()]


def test_every_attack_on_the_page_of_threats_has_a_test_that_exists() -> None:
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    table = page.partition("## What was thought of")[2].partition("## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(lines) > 10
    for line in lines:
        named = re.findall(r"`(tests/[^`]+)`", line)
        assert named, line
        assert not [one for one in named if not (ROOT / one).exists()]
