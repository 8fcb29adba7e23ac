"""Errors that end a command; `ending` gives each its exit code."""

from __future__ import annotations

from domain.answer_codes import AnswerCode
from domain.errors import CodedError


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
