"""The fields of which forms are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldSort(StrEnum):
    """What is written into a field."""

    TEXT = "text"
    LONG = "long"
    MONEY = "money"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    FILES = "files"
    REF = "ref"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a form.

    Attributes:
        name: as the message calls it.
        choices: value and words of each, where one is chosen.
        hint: what an empty field means.
    """

    name: str
    label: str
    sort: FieldSort = FieldSort.TEXT
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


CHANNEL_CHOICES = (
    ("phone", "by phone"),
    ("email", "by e-mail"),
    ("letter", "by letter"),
    ("visit", "in person"),
    ("", "not said"),
)
NOTE = FormField(name="note", label="Note", sort=FieldSort.LONG)
CHANNEL = FormField(name="channel", label="How", sort=FieldSort.CHOICE, choices=CHANNEL_CHOICES)


def amount_field(label: str = "Amount", hint: str = "", *, needed: bool = False) -> FormField:
    """Make a field of an amount in the invoice's currency."""
    return FormField(name="amount", label=label, sort=FieldSort.MONEY, hint=hint, needed=needed)


def day_field(label: str, hint: str = "", *, needed: bool = False) -> FormField:
    """Make a field of a day in the customer's calendar."""
    return FormField(name="date", label=label, sort=FieldSort.DAY, hint=hint, needed=needed)


def reason_field(label: str, choices: tuple[tuple[str, str], ...] = ()) -> FormField:
    """Make a field of a reason: one of these, or free words."""
    sort = FieldSort.CHOICE if choices else FieldSort.TEXT
    return FormField(name="reason", label=label, sort=sort, choices=choices, needed=True)


def ref_field(label: str, *, needed: bool = False) -> FormField:
    """Make a field that names an agreement, a dispute or a step; if not needed, the newest one."""
    return FormField(name="ref", label=label, sort=FieldSort.REF, needed=needed)
