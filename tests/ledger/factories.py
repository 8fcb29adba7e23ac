"""Made-up invoices, messages and deeds for the ledger's tests."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from activities.ports.types import CaseFile, Receipt, Sent
from adapters.ledger.account.account_repository import SqlAccount
from adapters.ledger.account.ledger import SqlLedger
from domain.case.model import Deed, Invoice, Message
from domain.case.money import Ground
from domain.fold.fold import fold
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.parties.sources import ContactSource, Teller
from domain.payments.allocation import Allocation, PaymentIn
from domain.policy.classes import History
from domain.policy.model import Anchor, Base, Policy, Step
from domain.wire import Decision

NUMBERS = itertools.count(1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POLICY = Policy(
    name="short",
    steps=(
        Step(id="polite", on=Anchor(Base.DUE, 1), do=ActionType.REMIND, channels=("email", "sms")),
    ),
    tolerance=(("EUR", 50),),
)
WAIT = Decision(do="remind", at=NOON, step="polite", why="it is due", stage="reminding", number=1)
FILE = Teller(source=ContactSource.IMPORT, at=NOON)
ACCEPTED = Receipt(sent=Sent.ACCEPTED, provider_id="SG-1")
REFUSED = Receipt(sent=Sent.REJECTED, detail="mailbox unknown")


def invoice(creditor: str, number: str = "R-1", **changes: Any) -> Invoice:
    """An invoice of 119.00 EUR that was due on 1 March 2026."""
    given: dict[str, Any] = {
        "customer": "C-1",
        "issued": date(2026, 2, 1),
        "due": date(2026, 3, 1),
        "amount": Money(11900, "EUR"),
        "opened_at": NOON,
    }
    return Invoice(creditor=creditor, number=number, **(given | changes))


def opened(ledger: SqlLedger, of: Invoice, policy: Policy = POLICY) -> str:
    """Open a case; answers its id."""
    with ledger.account(of.creditor, of.customer) as account:
        account.cases.open(of, policy)
    return of.case_id


def paid(key: str = "P-1", minor: int = 11900, at: datetime = NOON) -> Message:
    """Money came."""
    return Message(key=key, kind=MessageType.PAYMENT, at=at, amount=Money(minor, "EUR"))


def deed(
    step: str = "polite", do: ActionType = ActionType.REMIND, at: datetime = NOON, episode: int = 1
) -> Deed:
    """Something was done."""
    return Deed(step=step, do=do, at=at, episode=episode, open=11900)


def money_in(creditor: str, payment_id: str = "B-1", minor: int = 11900) -> PaymentIn:
    """A payment from the bank."""
    amount = Money(minor, "EUR")
    return PaymentIn(
        creditor=creditor, source="bank", id=payment_id, customer="C-1", amount=amount, at=NOON
    )


def file_of(account: SqlAccount, case_id: str) -> CaseFile:
    """The case, which must be there."""
    file = account.cases.read(case_id)
    assert file is not None
    return file


def save(account: SqlAccount, case_id: str, decision: Decision | None = WAIT) -> None:
    """Fold the case as it stands and keep it with a decision."""
    file = file_of(account, case_id)
    ground = Ground(file.policy, file.policy.calendar(file.debtor.zone))
    account.cases.save(fold(file.invoice, file.messages, file.deeds, ground).case, decision)


def part(case_id: str, minor: int = 11900, currency: str = "EUR") -> Allocation:
    """A part of a payment."""
    return Allocation(case=case_id, amount=Money(minor, currency))


def said(key: str, kind: MessageType) -> Message:
    """Something without an amount was said."""
    return Message(key=key, kind=kind, at=NOON)


def later_history(account: SqlAccount, case_id: str) -> History:
    """The history that a case of the same account has which is opened long after."""
    known = file_of(account, case_id).invoice
    later = replace(known, number="LATER", opened_at=datetime(2099, 1, 1, tzinfo=UTC))
    account.cases.open(later, POLICY)
    return file_of(account, later.case_id).history
