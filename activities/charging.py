"""Costs that cannot be told: nobody is asked for a figure without a ground, and a person hears."""

from __future__ import annotations

from datetime import timedelta

from activities.papers import Task
from activities.session import Session

A_DAY = timedelta(days=1)


def tell_about_unknown_rates(session: Session, problem: str) -> None:
    """Put a missing rate on the desk, once per creditor and half-year (P24)."""
    if not problem:
        return
    today = session.calendar.local_date(session.now)
    half = f"{today.year}H{1 if today.month <= 6 else 2}"  # noqa: PLR2004 - June ends the first half
    creditor = session.file.creditor.id
    session.book.add_task(
        Task(
            key=f"rates/{creditor}/{session.file.policy.charges.jurisdiction}/{half}",
            kind="question",
            case=session.case_id,
            title="interest is not asked for at present: a rate is not known",
            detail=problem,
            due_at=session.now + A_DAY,
        )
    )
