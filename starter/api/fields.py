"""The fields of request bodies, as the description of the gateway shows them."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from domain.agreements.schedules import MOST_PARTS
from domain.case.chosen_plan_b import PLAN_B_WORDS
from domain.errors import DomainError
from domain.intake.reading import LONGEST_TEXT, read_day
from domain.money import minor_digits

LONGEST_ID = 100
_NO_SLASH = r"^[^/\x00-\x1f\x7f]+$"
_AMOUNT = r"^[0-9]{1,13}(\.[0-9]{1,4})?$"


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("holds a line break or control character; take it out")
    return text


def _a_day(text: str) -> str:
    try:
        return read_day(text).isoformat()
    except DomainError as reason:
        raise ValueError(str(reason)) from None


def _an_instant(text: str) -> str:
    try:
        zoned = datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        zoned = False
    if not zoned:
        raise ValueError("is no instant; write it like 2026-12-31T10:00:00Z")
    return text


def _an_amount(text: str) -> str:
    if not re.fullmatch(_AMOUNT, text):
        raise ValueError("is no amount; write it like 119.00")
    return text


def _a_currency(text: str) -> str:
    try:
        minor_digits(text)
    except DomainError as reason:
        raise ValueError(str(reason)) from None
    return text


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_ID), AfterValidator(_printable)]
Short = Annotated[str, Field(max_length=LONGEST_ID), AfterValidator(_printable)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Source = Annotated[
    str, Field(min_length=1, max_length=40, pattern=_NO_SLASH), AfterValidator(_printable)
]
Amount = Annotated[
    str,
    AfterValidator(_an_amount),
    WithJsonSchema({"type": "string", "pattern": _AMOUNT, "examples": ["119.00"]}),
]
Currency = Annotated[
    str, Field(pattern="^[A-Z]{3}$", examples=["EUR"]), AfterValidator(_a_currency)
]
Day = Annotated[
    str,
    AfterValidator(_a_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-12-31"]}),
]
Instant = Annotated[
    str,
    Field(max_length=40),
    AfterValidator(_an_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-30T10:00:00Z"]}),
]
Percent = Annotated[str, Field(pattern=r"^[0-9]{1,2}(\.[0-9]{1,3})?$", examples=["2"])]


class Strict(BaseModel):
    """What is sent: nothing that is not described, and nothing turned into something else."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class Instalment(Strict):
    """One part of a plan."""

    date: Day
    amount: Amount


FIELDS: dict[str, tuple[Any, str]] = {
    "id": (Name, "Your own id of it: said twice, it counts once."),
    "at": (Instant, "When it happened; now unless given, never in the future."),
    "by": (Short, "Who says so; the key's own name unless given."),
    "note": (Text, "Free text for people."),
    "reason": (Short, "A short code or word."),
    "amount": (Amount, "A decimal as text."),
    "currency": (Currency, "ISO 4217; the invoice's own unless given."),
    "date": (Day, "The day it speaks of."),
    "ref": (Name, "The id of what it refers to; the last one, or all of them, unless given."),
    "channel": (Short, "How it was said: email, phone, letter."),
    "owner": (Short, "Who looks after it."),
    "plan_b": (
        Name,
        f"Who goes on if it is not kept: {PLAN_B_WORDS}; as the policy says unless given.",
    ),
    "instalments": (
        Annotated[list[Instalment], Field(min_length=1, max_length=MOST_PARTS)],
        "The parts one by one.",
    ),
    "every": (Literal["week", "month"], "How often, for equal parts."),
    "count": (Annotated[int, Field(ge=1, le=MOST_PARTS)], "How many equal parts."),
}
