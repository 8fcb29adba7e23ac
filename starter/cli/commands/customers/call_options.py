"""The options that say how a call went, for `call record` and `task done`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from domain.calls.results import (
    ABOUT,
    ATTEMPTS,
    CONVERSATIONS,
    RESULTS,
    CallResult,
    code_of,
)
from domain.words import unknown_word
from starter.cli.errors import UsageError

_WORDS = f"Attempts: {', '.join(ATTEMPTS)}; conversations: {', '.join(CONVERSATIONS)}."

CallResultOption = Annotated[str, typer.Option(help=_WORDS)]


def check_result(result: str, day: date | None, about: str, amount: str) -> None:
    """Refuse a result that is none, and ask at once for what makes a promise or a dispute one.

    Raises:
        UsageError: naming the option, or the result that was probably meant.
    """
    code = code_of(result)
    if code not in RESULTS:
        raise UsageError(f"--result {unknown_word(result, 'result of a call', RESULTS)}")
    if code == CallResult.PROMISED and day is None:
        raise UsageError("promised needs --date, the day by which it will be paid")
    if code == CallResult.DISPUTED and not (about or amount):
        raise UsageError(f"disputed needs --about: {', '.join(ABOUT)}, or a few words")
