"""One case in a world in memory: it stands as its facts say, at every instant."""

from dataclasses import replace
from datetime import date, datetime

from domain.case.invoice import Invoice, Message
from domain.decision.state import CaseState
from domain.message_types import MessageType
from domain.money import Money
from domain.parties.customer import PlannedContact
from domain.policy.policy_file import standard_policy
from domain.simulation.case import SimulatedCase
from tests.reaching import reached_by


def test_money_that_was_there_before_a_promise_does_not_keep_it_in_a_rehearsal_either() -> None:
    """P51: 400 came in the morning, 250 more were promised at noon, and nothing followed."""
    policy = standard_policy()
    calendar = policy.calendar("Europe/Berlin", "DE")
    opened = calendar.start_of(date(2026, 1, 5))
    invoice = Invoice(
        creditor="acme",
        number="R-1",
        customer="C-1",
        issued=date(2026, 1, 5),
        due=date(2026, 2, 4),
        amount=Money(100000, "EUR"),
        opened_at=opened,
    )
    debtor = replace(reached_by({"email"}), zone="Europe/Berlin", country="DE")
    state = CaseState(invoice=invoice, policy=policy, debtor=debtor, now=opened)
    life = SimulatedCase(state, calendar.end_of(date(2026, 3, 1)))
    said = (
        ("paid", MessageType.PAYMENT, 9, 40000, None),
        ("promised", MessageType.PROMISE, 12, 25000, date(2026, 2, 10)),
    )
    for key, kind, hour, minor, day in said:
        at = datetime(2026, 2, 6, hour, tzinfo=opened.tzinfo)
        message = Message(key=key, kind=kind, at=at, amount=Money(minor, "EUR"), day=day)
        life.hear(message, debtor, _nobody_was_called)

    assert life.case.promises[0].before == 40000


def _nobody_was_called(contact: PlannedContact) -> None:
    raise AssertionError(contact)
