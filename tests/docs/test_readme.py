"""Where the README sends a newcomer, something stands."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDERS = re.findall(r"^\| `(\w+)/` \| .* \| ((?:`[^`]+`(?:, )?)+) \|$", README, re.MULTILINE)


@pytest.mark.parametrize(("folder", "places"), FOLDERS)
def test_every_place_to_start_reading_is_there(folder: str, places: str) -> None:
    for place in re.findall(r"`([^`]+)`", places):
        assert (ROOT / folder / place).exists(), f"{folder}/{place}"


def test_every_page_is_named_or_linked_from_one_that_is() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    named = {page for page in pages if f"docs/{page}" in README}
    linked = {
        page
        for known in named
        for page in pages
        if f"({page}" in (ROOT / "docs" / known).read_text(encoding="utf-8")
    }
    assert len(FOLDERS) > 5
    assert pages <= named | linked
