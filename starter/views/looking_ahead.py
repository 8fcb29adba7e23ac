"""What will happen to a case if nobody says another word, with all that its customer is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from activities.ports.types import CaseFile
from adapters.ledger.core.engine import Engine
from adapters.ledger.queries import reads
from domain.case.facts import Action
from domain.case.model import Deed
from domain.contact.routes import SentTo
from domain.decision.deeds import HORIZON, Planned
from domain.decision.state import case_state
from domain.message_types import MessageType
from domain.simulation.case import SimulatedCase
from domain.simulation.world import Household, World
from starter.views.looking import View

MOST_CASES = 200
"""With more open invoices of one customer a case is previewed by itself, as if it were alone."""

_Sent = Callable[[str], SentTo]
"""Where each message of a case went."""


def nowhere(case_id: str) -> SentTo:
    """Nothing is known about where messages went."""
    return {}


END = datetime(HORIZON + 1, 1, 1, tzinfo=UTC)


def ahead(engine: Engine, view: View, most: int) -> list[Planned]:
    """The next deeds of a case, among the open cases of its customer.

    What is previewed is what happens: messages of other invoices move this one's, or take it along.
    """
    invoice = view.file.invoice
    ids = reads.open_ids_of(engine, invoice.creditor, invoice.customer, MOST_CASES + 1)
    if len(ids) > MOST_CASES:
        return list(view.ahead(most, reads.sent_to(engine, invoice.case_id)))
    files = reads.files_of(engine, sorted({*ids, invoice.case_id}))
    return played(files, invoice.case_id, view.now, most, lambda one: reads.sent_to(engine, one))


def played(
    files: Iterable[CaseFile], case_id: str, now: datetime, most: int, sent_to: _Sent = nowhere
) -> list[Planned]:
    """The same from the files of a customer's cases."""
    lives = {file.invoice.case_id: (_life(file, now, sent_to), file) for file in files}
    mine, file = lives[case_id]
    known = {(deed.step, deed.episode) for deed in mine.deeds}
    home = Household(debtor=file.debtor, customer=file.customer)
    world = World()
    for life, other in lives.values():
        if life is mine or not other.parked:
            world.settle(life, home)
            world.enter(life, now)
    wanted = len(known) + most
    world.run(lambda _: len(mine.deeds) < wanted and mine.planned_at is not None)
    new = [deed for deed in mine.deeds if (deed.step, deed.episode) not in known]
    return [_planned(deed) for deed in new[:most]]


def _life(file: CaseFile, now: datetime, sent_to: _Sent) -> SimulatedCase:
    case_id = file.invoice.case_id
    is_told = any(message.kind is MessageType.CONTACT_NEWS for message in file.messages)
    sent = sent_to(case_id) if is_told else nowhere(case_id)
    return SimulatedCase(case_state(file, now), END, sent)


def _planned(deed: Deed) -> Planned:
    action = Action(do=deed.do, at=deed.at, why=deed.why, step=deed.step)
    return Planned(action=action, deed=deed, open=deed.open)
