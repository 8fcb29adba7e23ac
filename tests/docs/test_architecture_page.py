"""The architecture page names the rules in their order, and every folder where it lies."""

from __future__ import annotations

import re

import pytest

from domain.decision.rules import RULES
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text()
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
