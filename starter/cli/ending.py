"""Ends a command: 0 ok, 1 error, 2 usage, 3 not found, 4 conflict; always in words."""

from __future__ import annotations

import shlex
import traceback
from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError
from temporalio.service import RPCError

from activities.payments.posting import StatedCreditNoteError
from activities.ports.stores.errors import AmbiguousError, NotKnownError
from activities.ports.types import BusyError
from adapters.config.environment import SettingsError
from domain.answer_codes import AnswerCode
from domain.errors import CodedError
from infra.errors import InfraError
from starter.cli.errors import UsageError
from starter.cli.exit_codes import CONFLICT, ERROR, NOT_FOUND, USAGE
from starter.cli.hints import with_hint
from starter.cli.output import say
from starter.importing.files.problems import FileError, ReadHint, ReadOption
from starter.missing import Missing, NotReadyError

_BY_CODE = {AnswerCode.NOT_FOUND: NOT_FOUND, AnswerCode.CONFLICT: CONFLICT}
"""The exit codes of their own; whatever else was not done is an error."""

_KNOWN = (
    CodedError,
    BusyError,
    SettingsError,
    InfraError,
    NotReadyError,
    OSError,
)


_WAYS_OUT = {
    Missing.ADDRESS: "run `amicable up`, or set AMICABLE_DATABASE_URL",
    Missing.MIGRATION: "run `amicable migrate`",
    Missing.TEMPORAL: "run `amicable up`, or check TEMPORAL_ADDRESS",
}
"""What to type where something does not run."""


_OPTIONS = {
    ReadOption.COLUMNS: ("--map", "FIELD=HEADER", "says which column holds a field"),
    ReadOption.CONSTANTS: ("--set", "currency=EUR", "says it for all lines"),
    ReadOption.IGNORED: ("--ignore", "COLUMN", "leaves it out"),
    ReadOption.MEANINGS: ("--status", "WORD=open", "says what a word means"),
    ReadOption.DATE_FORMAT: ("--date-format", "DD/MM/YYYY", "says how dates are written"),
    ReadOption.DECIMAL_COMMA: ("--decimal-comma", "", "says that amounts are written 1.234,56"),
    ReadOption.DECIMAL_POINT: ("--decimal-point", "", "says that amounts are written 1,234.56"),
    ReadOption.LINES: ("--lines", "total", "or sum says what the amounts of line items are"),
    ReadOption.PROFILE: ("--profile", "NAME", "says which program exported it"),
    ReadOption.ENCODING: ("--encoding", "cp1252", "says how letters are written"),
    ReadOption.SHEET: ("--sheet", "NAME", "says which sheet"),
}
"""How a file is described, where it could not be read: option, usual value, what it says."""


def end(error: Exception) -> int:
    """Tell what went wrong; answers the exit code."""
    code, text = _understood(error)
    say(f"✘ {text}")
    return code


def run_to_the_end(program: Callable[[], None]) -> int:
    """Run a program until it is told to stop; what stands in the way is told in words.

    Answers the exit code.
    """
    try:
        program()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except Exception as error:  # noqa: BLE001 - a person gets words, never a traceback
        return end(error)
    return 0


def _understood(error: Exception) -> tuple[int, str]:
    if isinstance(error, ExceptionGroup):  # work done side by side: the first that failed
        return _understood(error.exceptions[0])
    if isinstance(error, UsageError | AmbiguousError):
        return USAGE, str(error)
    code = _BY_CODE.get(error.code, ERROR) if isinstance(error, CodedError) else ERROR
    return code, _failure(error)


def _failure(error: Exception) -> str:
    if isinstance(error, ValidationError) and error.title == "Settings":
        return settings_at_fault(error)
    if isinstance(error, RPCError):
        return f"Temporal refused or did not answer: {error.message}; `amicable doctor` may help"
    if isinstance(error, NotKnownError):
        return with_hint(error)
    if not isinstance(error, _KNOWN):
        return _unforeseen(error)
    return f"{error}{_way_out(error)}"


def _way_out(error: Exception) -> str:
    """What to type, where that helps; errors themselves name no command."""
    if isinstance(error, NotReadyError):
        command = _WAYS_OUT.get(error.missing)
        return f": {command}" if command else ""
    if isinstance(error, StatedCreditNoteError):
        return f": amicable invoice credit {shlex.quote(error.number)}"
    if isinstance(error, FileError):
        return "".join(f"\n{line}" for line in read_option_lines(error.hints))
    return ""


def read_option_lines(hints: Iterable[ReadHint]) -> Iterator[str]:
    """What to type to describe a file: a line for each option, with every value that may help."""
    values: dict[ReadOption, list[str]] = {}
    for hint in hints:
        values.setdefault(hint.option, []).extend([hint.value] if hint.value else [])
    for option, given in values.items():
        flag, usual, says = _OPTIONS[option]
        words = [shlex.quote(value) for value in dict.fromkeys(given)] or [usual]
        told = " ".join(f"{flag} {word}".strip() for word in words)
        yield f"{told} {says}"


def settings_at_fault(error: ValidationError) -> str:
    """Name the settings that cannot be read; their values may be secrets."""
    places = (f"AMICABLE_{'__'.join(map(str, e['loc']))}".upper() for e in error.errors())
    return f"these settings cannot be read: {', '.join(places)}; see docs/settings.md"


def _unforeseen(error: Exception) -> str:
    """A fault of ours or of a server: one line, and where it came from."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    first = (str(error).splitlines() or [""])[0]
    where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
    return f"{type(error).__name__}: {first} ({where}); `amicable doctor` may know more"
