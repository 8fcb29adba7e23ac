"""What the tests of clients share."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.starter.api.factories import Outside


@pytest.fixture
def url(outside: Outside) -> str:
    """Where the gateway is."""
    return str(outside.client.base_url)


@pytest.fixture
def formatted() -> Callable[[str], str]:
    """Put code into the form that the project keeps it in."""

    def form(text: str) -> str:
        command = [sys.executable, "-m", "ruff", "format", "-"]
        return subprocess.run(
            command, input=text, capture_output=True, text=True, check=True
        ).stdout

    return form
