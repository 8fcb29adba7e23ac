"""Everything the command line shows goes through one place, where a terminal's orders are spelt."""

import re
from pathlib import Path

import pytest

from starter.cli import output
from starter.cli.output import Format, say, show_one, show_rows, show_text

FOLDER = Path(output.__file__).parent
BARE = re.compile(r"\bprint\(|sys\.std(out|err)\.write|typer\.echo|typer\.secho|click\.echo")
OWN_WORDS = {"output.py", "main.py", "docs.py"}
"""The place itself, and what shows nothing but this program's own words."""

EVIL = "\x1b]0;owned\x07 \x9b31m \u202egnp.exe \x7f"
ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_no_command_writes_to_the_terminal_by_itself() -> None:
    found = {
        path.relative_to(FOLDER)
        for path in FOLDER.rglob("*.py")
        if path.name not in OWN_WORDS and BARE.search(path.read_text())
    }
    # A picture has colours of its own; whatever it names was stripped where it was drawn.
    assert found == {Path("commands/money/report/verbs.py")}


@pytest.mark.parametrize("shown", [Format.TABLE, Format.JSON, Format.JSONL])
def test_nothing_that_a_terminal_obeys_is_shown(
    shown: Format, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fault F7: C0, C1 and signs that turn the order, in every form of output."""
    row = {"note": EVIL, "inner": {"by": EVIL, "more": [EVIL]}, "lines": [EVIL, {"x": EVIL}]}
    show_one(row, shown)
    show_rows([row], shown, ["note", "inner", "lines"])
    show_text(EVIL)
    say(EVIL)

    printed = capsys.readouterr()
    assert "gnp.exe" in printed.out
    assert ORDERS.findall(printed.out + printed.err) == []
