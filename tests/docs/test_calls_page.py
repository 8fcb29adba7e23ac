"""The page about calls names every result, and says of each whether somebody was spoken to."""

import re

from domain.calls.results import ATTEMPTS, CONVERSATIONS
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "calls.md").read_text()
ROWS = re.findall(r"^\| (`[^|]*) \| (not reached|spoken to) \|", PAGE, re.MULTILINE)


def test_every_result_stands_in_the_table_once_and_where_it_belongs() -> None:
    named = {
        told: [code for codes, how in ROWS if how == told for code in re.findall(r"`(\w+)`", codes)]
        for told in ("not reached", "spoken to")
    }
    assert sorted(named["not reached"]) == sorted(ATTEMPTS)
    assert sorted(named["spoken to"]) == sorted(CONVERSATIONS)
