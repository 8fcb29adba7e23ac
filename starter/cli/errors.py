"""How a command ends: 0 ok, 1 error, 2 usage, 3 not found, 4 conflict; always in words."""

from __future__ import annotations

import traceback

from pydantic import ValidationError
from temporalio.service import RPCError

from activities.ports.types import BusyError
from adapters.config.settings import SettingsError
from domain.answer_codes import AnswerCode
from domain.errors import CodedError
from infra.errors import InfraError
from starter.application import NotReadyError
from starter.cli.output import say

OK, ERROR, USAGE, NOT_FOUND, CONFLICT = range(5)


class UsageError(ValueError):
    """The command was understood, but something else must be given."""


class NotFoundError(CodedError, LookupError):
    """What was named does not exist."""

    code = AnswerCode.NOT_FOUND


class CommandRefusedError(CodedError, RuntimeError):
    """The ledger refused it; the text is the reason."""

    def __init__(self, text: str, code: str = AnswerCode.REFUSED) -> None:
        super().__init__(text)
        self.code = AnswerCode(code)


_BY_CODE = {AnswerCode.NOT_FOUND: NOT_FOUND, AnswerCode.CONFLICT: CONFLICT}
"""The exit codes of their own; whatever else was not done is an error."""

_KNOWN = (
    BusyError,
    SettingsError,
    InfraError,
    NotReadyError,
    OSError,
)


def end(error: Exception) -> int:
    """Tell what went wrong; answers the exit code."""
    code, text = _understood(error)
    say(f"✘ {text}")
    return code


def _understood(error: Exception) -> tuple[int, str]:
    if isinstance(error, ExceptionGroup):  # work done side by side: the first that failed
        return _understood(error.exceptions[0])
    if isinstance(error, UsageError):
        return USAGE, str(error)
    if isinstance(error, CodedError):
        return _BY_CODE.get(error.code, ERROR), str(error)
    return ERROR, _failure(error)


def _failure(error: Exception) -> str:
    if isinstance(error, ValidationError) and error.title == "Settings":
        return _settings(error)
    if isinstance(error, RPCError):
        return f"Temporal refused or did not answer: {error.message}; `amicable doctor` may help"
    return str(error) if isinstance(error, _KNOWN) else _unforeseen(error)


def _settings(error: ValidationError) -> str:
    places = (f"AMICABLE_{'__'.join(map(str, e['loc']))}".upper() for e in error.errors())
    return f"these settings cannot be read: {', '.join(places)}; see docs/settings.md"


def _unforeseen(error: Exception) -> str:
    """A fault of ours or of a server: one line, and where it came from."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    first = (str(error).splitlines() or [""])[0]
    where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
    return f"{type(error).__name__}: {first} ({where}); `amicable doctor` may know more"
