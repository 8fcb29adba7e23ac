"""The architecture page and the README name the rules, folders, files and pages that there are."""

from __future__ import annotations

import re

import pytest

from domain.decision.rules import RULES
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text()
README = (ROOT / "README.md").read_text(encoding="utf-8")
STARTS = re.findall(r"^\| `(\w+)/` \| .* \| ((?:`[^`]+`(?:, )?)+) \|$", README, re.MULTILINE)
FOLDER = re.compile(r"`(\w+)/`")
SORTED = ("domain", "activities", "adapters", "adapters/ledger", "starter")


def _named() -> dict[str, set[str]]:
    """The folders that stand below each bold one."""
    found: dict[str, set[str]] = {}
    table = PAGE[PAGE.index("## Folders") : PAGE.index("Imports run one way")]
    above = ""
    for line in table.splitlines():
        if head := re.match(r"\| \*\*`([\w/]+)/`\*\*", line):
            above = head[1]
            found[above] = set()
        if above:
            found[above] |= set(FOLDER.findall(line)) - {above}
    return found


def _there(folder: str) -> set[str]:
    return {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")}


def test_the_list_of_rules_is_that_of_the_code_in_its_order() -> None:
    listed = re.findall(r"^\d+\. `(\w+)`: ", PAGE, re.MULTILINE)

    assert listed == [rule.__name__ for rule in RULES]


@pytest.mark.parametrize("folder", SORTED)
def test_every_folder_stands_below_the_one_it_lies_in(folder: str) -> None:
    assert _named()[folder] == _there(folder)


@pytest.mark.parametrize(("folder", "places"), STARTS)
def test_every_place_to_start_reading_is_there(folder: str, places: str) -> None:
    for place in re.findall(r"`([^`]+)`", places):
        assert (ROOT / folder / place).exists(), f"{folder}/{place}"


def test_every_page_is_named_by_the_readme_or_linked_from_one_that_is() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    named = {page for page in pages if f"docs/{page}" in README}
    linked = {
        page
        for known in named
        for page in pages
        if f"({page}" in (ROOT / "docs" / known).read_text(encoding="utf-8")
    }
    assert len(STARTS) > 5
    assert pages <= named | linked
