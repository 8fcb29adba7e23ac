"""What will happen to a case if nobody says another word, with all that its customer is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from activities.ports.types import CaseFile
from activities.services.cases import CaseQueryService
from domain.case.model import Deed
from domain.contact.routes import SentTo
from domain.decision.state import case_state
from domain.message_types import MessageType
from domain.simulation.ahead import HORIZON, deeds_ahead
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household
from starter.views.looking import View

MOST_CASES = 200
"""With more open invoices of one customer a case is previewed by itself, as if it were alone."""

_Sent = Callable[[str], SentTo]
"""Where each message of a case went."""


def nowhere(case_id: str) -> SentTo:
    """Nothing is known about where messages went."""
    return {}


def ahead(cases: CaseQueryService, view: View, most: int) -> list[Deed]:
    """The next deeds of a case, among the open cases of its customer.

    What is previewed is what happens: messages of other invoices move this one's, or take it along.
    """
    invoice, case_id = view.file.invoice, view.file.invoice.case_id
    ids = cases.running_of(invoice.creditor, invoice.customer, MOST_CASES + 1)
    mine = (view.file,)
    among = mine if len(ids) > MOST_CASES else cases.files(sorted({*ids, case_id}))
    return played(among, case_id, view.now, most, cases.recipients)


def played(
    files: Iterable[CaseFile], case_id: str, now: datetime, most: int, sent_to: _Sent = nowhere
) -> list[Deed]:
    """The next deeds of a case, from the files of its customer's cases."""
    lives = {file.invoice.case_id: (_life(file, now, sent_to), file) for file in files}
    mine, file = lives[case_id]
    among = [life for life, other in lives.values() if life is mine or not other.parked]
    home = Household(debtor=file.debtor, customer=file.customer)
    return deeds_ahead(mine, among, home, now, most)


def _life(file: CaseFile, now: datetime, sent_to: _Sent) -> SimulatedCase:
    case_id = file.invoice.case_id
    is_told = any(message.kind is MessageType.CONTACT_NEWS for message in file.messages)
    sent = sent_to(case_id) if is_told else nowhere(case_id)
    return SimulatedCase(case_state(file, now), HORIZON, sent)
