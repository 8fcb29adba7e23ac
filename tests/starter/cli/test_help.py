"""Every command explains itself, and every page names only commands that exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from starter.cli.docs import all_commands, commands_page
from starter.cli.main import app

ROOT = Path(__file__).resolve().parents[3]
WORDS = [words for words, _ in all_commands()]
MENTIONED = re.compile(r"^(?:\.venv/bin/)?amicable ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", re.MULTILINE)


@pytest.mark.parametrize("words", WORDS)
def test_a_command_explains_itself_with_an_example(words: str) -> None:
    helped = CliRunner().invoke(app, [*words.split(), "--help"])
    assert helped.exit_code == 0
    assert f"amicable {words}" in " ".join(helped.output.split())
    assert "Example:" in helped.output


def test_every_command_that_shows_data_can_show_it_as_json() -> None:
    silent = {"down", "migrate", "worker", "watch", "policy schema"}
    for words, command in all_commands():
        names = {name for parameter in command.params for name in parameter.opts}
        assert words in silent or "-o" in names, words


def test_the_page_of_commands_is_up_to_date() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == commands_page(), "run: .venv/bin/python -m starter.cli.docs > docs/cli.md"


@pytest.mark.parametrize("name", ["README.md", "docs/cli.md"])
def test_a_page_names_only_commands_that_exist(name: str) -> None:
    mentioned = MENTIONED.findall((ROOT / name).read_text(encoding="utf-8"))
    assert mentioned
    known = {" ".join(words.split()[:n]) for words in WORDS for n in (1, 2, 3)}
    for words in mentioned:
        assert words in known or words.split()[0] in known - {
            w.split()[0] for w in WORDS if " " in w
        }


def test_no_command_waits_for_what_only_letters_need() -> None:
    asked = "import sys, starter.cli.main; print(*{'typst', 'qrbill', 'schwifty'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True)
    assert told.stdout.split() == []
