"""The shape of a policy's table [agreements]: the limits of what may be agreed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class TermsEntry(BaseModel):
    """A table of the file: keys that it does not know are refused, and types are not guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AgreementsEntry(TermsEntry):
    """The limits of what a collector may agree."""

    longest_promise_days: int = Field(
        default=30, ge=1, le=365, description="write how far away a promise may lie: 1 to 365 days"
    )
    promises_allowed: int = Field(
        default=2,
        ge=0,
        le=100,
        description="write how many promises one invoice may have: 0 to 100",
    )
    grace_days: int = Field(
        default=0, ge=0, le=60, description="write 0 to 60 days of patience after a promised date"
    )
    confirm_in_writing: bool = Field(
        default=True, description="write true if each agreement is confirmed in writing, else false"
    )
    remind_before_days: int = Field(
        default=0,
        ge=0,
        le=30,
        description="write how many days before a promised date a friendly word goes out; 0: none",
    )
    supervisor_from_broken: int = Field(
        default=2,
        ge=1,
        le=100,
        description="write from how many broken promises on the next needs a supervisor: 1 to 100",
    )
    longest_plan_days: int = Field(
        default=366, ge=1, le=3660, description="write how long a plan may run: 1 to 3660 days"
    )
    cure_days: int = Field(
        default=7,
        ge=0,
        le=60,
        description="write 0 to 60 days in which a missed instalment may still come",
    )
    longest_offer_days: int = Field(
        default=30, ge=1, le=365, description="write how long an offer may stand: 1 to 365 days"
    )
    holds_all_from_percent: int = Field(
        default=100,
        ge=0,
        le=100,
        description="write from which share of what is open a promise holds all of it: 0 to 100",
    )
    most_instalments: int = Field(
        default=24, ge=1, le=120, description="write how many instalments a plan may have: 1 to 120"
    )
    least_instalment_percent: int = Field(
        default=2,
        ge=0,
        le=100,
        description="write the least share of what is open that an instalment has: 0 to 100",
    )
    longest_gap_days: int = Field(
        default=62,
        ge=1,
        le=3660,
        description="write for how many days a plan may bring nothing: 1 to 3660",
    )
    plans_allowed: int = Field(
        default=2, ge=0, le=100, description="write how many plans one invoice may have: 0 to 100"
    )
    settlements_allowed: int = Field(
        default=2, ge=0, le=100, description="write how many offers one invoice may have: 0 to 100"
    )
    least_offer_percent: int = Field(
        default=25,
        ge=0,
        le=100,
        description="write the least share of what is open that settles it all: 0 to 100",
    )
    hardship_instalments: int = Field(
        default=0,
        ge=0,
        le=60,
        description="write how many monthly instalments are offered to who cannot pay: 0 to 60",
    )
