"""The shape of a rate file: which keys it may hold, and what each of them means."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_PERCENT = r"^-?[0-9]{1,3}(\.[0-9]{1,4})?$"
_AMOUNT = r"^[0-9]{1,9}(\.[0-9]{1,3})?$"

_Text = Annotated[str, Field(min_length=1, description='write a text in quotes, such as "BGB"')]
_Percent = Annotated[
    str, Field(pattern=_PERCENT, description='write percent a year in quotes, such as "-0.88"')
]
_Amount = Annotated[str, Field(pattern=_AMOUNT, description='write an amount in quotes: "40.00"')]
_Day = Annotated[date, Field(description="write a date without quotes, such as 2026-07-01")]


class RateFileEntry(BaseModel):
    """A table of the file: keys that it does not know are refused, and types are not guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SchemeEntry(RateFileEntry):
    """What one kind of debtor owes: a margin over the reference rate, a flat rate, or nothing."""

    law: _Text = ""
    cited: str = ""
    margin: _Percent | None = None
    round_up_to: _Percent = "0"
    flat: _Percent | None = None
    source: _Text = ""
    recorded: _Day | None = None
    none: _Text = ""


class BandEntry(RateFileEntry):
    """One tier of the fixed compensation, up to and including an amount of the debt."""

    up_to: _Amount | None = None
    amount: _Amount


class CompensationEntry(RateFileEntry):
    """The fixed sum for the cost of being paid late."""

    law: _Text
    cited: str = ""
    source: _Text
    recorded: _Day
    currency: str = Field(pattern="^[A-Z]{3}$", description="write an ISO 4217 code, such as EUR")
    consumers: bool = Field(description="write true if consumers owe it too, else false")
    band: list[BandEntry] = Field(
        min_length=1, description="write at least one table [[compensation.band]] with amount"
    )


class RateEntry(RateFileEntry):
    """The reference rate of one half-year."""

    since: _Day = Field(alias="from")
    percent: _Percent
    source: _Text
    recorded: _Day
    confirmed: bool = Field(
        default=True, description="write false until an official source was seen"
    )


class TableEntry(RateFileEntry):
    """A jurisdiction's law on being paid late."""

    code: str = Field(pattern="^[A-Z]{2}$", description="write the file's name in capitals")
    name: _Text
    law: _Text
    reference: _Text
    day_count: Literal["365", "actual"] = Field(
        description='write "365", or "actual" where a leap year counts 366 days'
    )
    day_count_source: _Text
    rate_changes: Literal["half-year", "start"] = Field(
        description='write "half-year", or "start" where the day interest starts fixes the rate'
    )
    compounding: Literal["", "yearly"] = Field(
        default="", description='write "yearly" where the law itself adds a year\'s interest'
    )
    compounding_source: str = ""
    note: str = ""
    business: SchemeEntry = Field(description="write a table [business] with law and margin")
    consumer: SchemeEntry = Field(description="write a table [consumer] with law and margin")
    compensation: CompensationEntry | None = None
    rate: list[RateEntry] = Field(
        default=[], description="write a table [[rate]] with from, percent, source, recorded"
    )


class RateRowsEntry(RateFileEntry):
    """Rates that somebody wrote down beside the shipped tables: whose law, and the rows alone."""

    code: str = Field(pattern="^[A-Z]{2}$", description="write the file's name in capitals")
    rate: list[RateEntry] = Field(
        min_length=1, description="write a table [[rate]] with from, percent, source, recorded"
    )


WAYS_OUT = {
    field.alias or name: field.description or ""
    for model in (SchemeEntry, BandEntry, CompensationEntry, RateEntry, TableEntry)
    for name, field in model.model_fields.items()
}
"""What to write for each key; a name means the same wherever it stands."""
