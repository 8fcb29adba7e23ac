"""How a command ends: 0 ok, 1 error, 2 usage, 3 not found, 4 conflict; always in words."""

from __future__ import annotations

import traceback

from pydantic import ValidationError
from temporalio.service import RPCError

from activities.case_service import NoSuchCaseError
from activities.ports.types import BusyError, ConflictError
from adapters.config.environment import SettingsError
from domain.errors import DomainError
from infra.errors import InfraError
from starter.application import Missing, NotReadyError
from starter.cli.errors import CommandRefusedError, NotFoundError, UsageError
from starter.cli.exit_codes import CONFLICT, ERROR, NOT_FOUND, USAGE
from starter.cli.output import say

_KNOWN = (
    DomainError,
    CommandRefusedError,
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


def end(error: Exception) -> int:
    """Tell what went wrong; answers the exit code."""
    code, text = _understood(error)
    say(f"✘ {text}")
    return code


def _understood(error: Exception) -> tuple[int, str]:
    if isinstance(error, ExceptionGroup):  # work done side by side: the first that failed
        return _understood(error.exceptions[0])
    if isinstance(error, NotFoundError | NoSuchCaseError):
        return NOT_FOUND, str(error)
    if isinstance(error, ConflictError):
        return CONFLICT, str(error)
    if isinstance(error, UsageError):
        return USAGE, str(error)
    return ERROR, _failure(error)


def _failure(error: Exception) -> str:
    if isinstance(error, ValidationError) and error.title == "Settings":
        return _settings(error)
    if isinstance(error, RPCError):
        return f"Temporal refused or did not answer: {error.message}; `amicable doctor` may help"
    if isinstance(error, NotReadyError) and error.missing in _WAYS_OUT:
        return f"{error}: {_WAYS_OUT[error.missing]}"
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
