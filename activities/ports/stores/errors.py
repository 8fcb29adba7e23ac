"""Errors of services about something that is not there, or not clear."""

from __future__ import annotations

from enum import StrEnum

from domain.answer_codes import AnswerCode
from domain.errors import CodedError


class Sought(StrEnum):
    """What was looked for."""

    BANK_ACCOUNT = "bank account"
    BANK_ENTRY = "bank entry"
    CASE = "case"
    COLLEAGUE = "colleague"
    CONNECTOR = "connector"
    CREDITOR = "creditor"
    CUSTOMER = "customer"
    ENDPOINT = "webhook"
    EXPERIMENT = "experiment"
    FILE = "file"
    KEY = "key"
    LINK = "link"
    PAYMENT = "payment"
    POINT = "contact point"
    RATE = "rate"
    REPLY = "reply"
    TASK = "task"
    VERSION = "version"


class NotKnownError(CodedError, LookupError):
    """What was named is not there.

    Attributes:
        sought: what was looked for.
    """

    code = AnswerCode.NOT_FOUND

    def __init__(self, sought: Sought, message: str) -> None:
        super().__init__(message)
        self.sought = sought


class AmbiguousError(CodedError, ValueError):
    """Several things fit what was named: more of the name is needed."""

    code = AnswerCode.INVALID
