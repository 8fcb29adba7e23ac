"""The shape of a policy's table [today]: how heavy each reason weighs on the worklist."""

from __future__ import annotations

from pydantic import Field

from domain.policy.agreements_schema import TermsEntry

_POINTS = "write how many points, 0 to 1000: "


class WorkOrderEntry(TermsEntry):
    """The points by which customers stand on the worklist."""

    call: int = Field(default=40, ge=0, le=1000, description=f"{_POINTS}while a call is due")
    task: int = Field(default=20, ge=0, le=1000, description=f"{_POINTS}while another task is due")
    passed_on: int = Field(
        default=10,
        ge=0,
        le=1000,
        description=f"{_POINTS}more, once a task was passed on because nobody had done it in time",
    )
    each_doubling: int = Field(
        default=4,
        ge=0,
        le=1000,
        description=f"{_POINTS}for each doubling of the overdue money above doubles_from",
    )
    doubles_from: int = Field(
        default=50,
        ge=1,
        le=1_000_000,
        description="write from how many whole units money begins to count, 1 to 1000000",
    )
    money_at_most: int = Field(default=40, ge=0, le=1000, description=f"{_POINTS}for money in all")
    days_for_a_point: int = Field(
        default=3, ge=1, le=365, description="write for how many days late one point is given"
    )
    lateness_at_most: int = Field(
        default=30, ge=0, le=1000, description=f"{_POINTS}for lateness in all"
    )
    broken_promise: int = Field(
        default=10, ge=0, le=1000, description=f"{_POINTS}for each broken promise"
    )
    promises_at_most: int = Field(
        default=30, ge=0, le=1000, description=f"{_POINTS}for broken promises in all"
    )
    risky: int = Field(
        default=10, ge=-1000, le=1000, description="write the points of the class, -1000 to 1000"
    )
    late_payer: int = Field(
        default=5, ge=-1000, le=1000, description="write the points of the class, -1000 to 1000"
    )
    good: int = Field(
        default=-5, ge=-1000, le=1000, description="write the points of the class, -1000 to 1000"
    )
