"""The shape of a policy's table [account_statements]: the monthly overview of an account."""

from __future__ import annotations

from pydantic import Field

from domain.policy.agreements_schema import TermsEntry


class StatementsEntry(TermsEntry):
    """When customers get an overview of all that they have open without asking for it."""

    day: int = Field(
        ge=1, le=28, description="write the day of the month on which it goes out, 1 to 28"
    )
    apart_days: int = Field(
        default=7,
        ge=1,
        le=27,
        description="write how many days, 1 to 27, it keeps from any other letter",
    )
