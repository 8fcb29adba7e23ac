"""Cases that are with an agency, as if a worker had handed them over."""

from datetime import datetime

from activities.ports.types import AGENCY, OutboundState, Receipt, Sent
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.core.engine import Engine
from adapters.runtime.machine import machine_clock
from domain.case.model import Deed
from domain.message_types import ActionType

STEP = "plan-b-approved"


def place(
    engine: Engine,
    case: str,
    agency: str = AGENCY,
    at: datetime | None = None,
    step: str = STEP,
    *,
    ref: str = "THEIRS-1",
) -> None:
    """Give a case to an agency, which took it and calls it by an id of its own."""
    with SqlLedger(engine).account_of(case) as account:
        marked = account.outbound.take_off(case, step, 1, AGENCY, agency)
        receipt = Receipt(sent=Sent.ACCEPTED, provider_id=ref)
        account.outbound.land(marked, OutboundState.ACCEPTED, receipt)
        when = at or machine_clock()
        account.cases.add_deed(case, Deed(step=step, do=ActionType.HAND_OFF, at=when))
