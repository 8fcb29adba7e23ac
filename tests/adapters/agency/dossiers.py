"""A case on its way to the agency, with everything in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from activities.ports.letters.sent import SentLetter
from activities.ports.types import Dossier
from domain.case.model import Deed, Dispute, PlanBAgreed, Promise
from domain.evidence.model import Evidence
from domain.message_types import ActionType, Result
from tests.adapters.letters.samples import CASE, CREDITOR, DEBTOR, NOW

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def earlier(days: int) -> datetime:
    return NOW - timedelta(days=days)


PLAN_B = PlanBAgreed(check_at=earlier(5), then="we write the same day")
DOSSIER = Dossier(
    id="handoff/0001",
    kind="case.handed_off",
    at=NOW,
    why="the final deadline has passed",
    creditor=CREDITOR,
    debtor=DEBTOR,
    case=replace(
        CASE,
        received=19000,
        moves=((earlier(8), 19000),),
        money=((earlier(8), 19000),),
        deeds=(
            Deed(
                step="final",
                do=ActionType.DEMAND_LETTER,
                at=earlier(11),
                result=Result.ACCEPTED,
                deadline=date(2026, 2, 3),
                channel="email",
                why="no payment after the formal letter",
                open=119000,
            ),
            Deed(step="call", do=ActionType.CALL_TASK, at=earlier(10), open=119000),
        ),
        promises=(
            Promise(
                key="p1",
                made_at=earlier(9),
                counts_from=earlier(9),
                day=date(2026, 1, 29),
                amount=50000,
                plan_b=PLAN_B,
            ),
        ),
        disputes=(
            Dispute(
                key="d2",
                opened_at=earlier(2),
                amount=10000,
                reason="damaged",
                deadline=date(2026, 2, 16),
                number=2,
            ),
        ),
        settled_disputes=(
            Dispute(
                key="d1",
                opened_at=earlier(20),
                amount=None,
                reason="invoice_not_received",
                is_minor=True,
                deadline=date(2026, 1, 17),
                settled_at=earlier(19),
                ended="for_customer",
            ),
        ),
    ),
    evidence=(
        Evidence(
            name="delivery note.pdf",
            media_type="application/pdf",
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            size=48213,
            ref="d2",
            note="signed",
            by="ann",
            at=earlier(1),
        ),
    ),
    letters=(
        SentLetter(
            message="7d9f",
            cases=("invoice/acme/INV-2026-7",),
            step="final",
            at=earlier(11),
            channel="email",
            recipient="ap@globex.example",
            result="accepted",
            subject="Final demand for invoice INV-2026-7",
            text="Amount to pay: EUR 1,190.00\nTo be paid by: 3 February 2026",
            files=("INV-2026-7.pdf",),
            language="en",
        ),
    ),
    history=({"at": "2026-01-27", "kind": "payment", "text": "190.00 EUR"},),
)
