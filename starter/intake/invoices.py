"""A file of invoices becomes cases: opened in one transaction, decided, then started."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from activities.papers import ConflictError
from activities.ports import Ledger
from activities.session import Session
from adapters.ledger import watch
from adapters.ledger.accounts import list_payments
from adapters.ledger.bulk import Opened, Opening, open_many
from adapters.ledger.codec import payment_content
from adapters.ledger.people import get_debtor
from domain.calendar import Calendar
from domain.case import Case, Invoice, Message
from domain.kinds import Kind
from domain.payments import Allocation, PaymentIn
from domain.people import Debtor
from domain.policy import Policy
from domain.wire import Decision
from starter.files.invoices import InvoiceRow
from starter.house import House

ALL = 10**7
SOURCE = "import"
"""Who reports a payment that an invoice file itself tells of."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A case that was decided: its workflow may be started.

    Attributes:
        news: whether it was told something that its running workflow has not heard.
    """

    case: Case
    decision: Decision
    over: bool
    news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be taken in."""

    creditor: str
    rows: Sequence[InvoiceRow]
    policy: Policy
    now: datetime

    def invoice(self, row: InvoiceRow) -> Invoice:
        """The invoice of a row."""
        return Invoice(
            creditor=self.creditor,
            number=row.number,
            customer=row.debtor.id,
            issued=row.issued,
            due=row.due,
            amount=row.amount,
            opened_at=self.now,
        )

    def payment(self, row: InvoiceRow) -> PaymentIn:
        """Money of the full amount, where the file says that the invoice is settled."""
        at = Calendar(row.debtor.zone).start_of(row.settled or row.due)
        return PaymentIn(
            creditor=self.creditor,
            source=SOURCE,
            id=row.number,
            customer=row.debtor.id,
            amount=row.amount,
            at=min(at, self.now),
            invoices=(row.number,),
            note="settled, says the invoice file",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """What is left to do for a batch: numbers to settle, cases to decide."""

    settle: frozenset[str]
    decide: set[str]


def open_batch(house: House, batch: Batch) -> Opened:
    """Open all cases with what is known about their customers, or none of them.

    Raises:
        ConflictError: if a number was opened before with other content.
    """
    openings = [Opening(invoice=batch.invoice(row), policy=batch.policy) for row in batch.rows]
    return open_many(house.engine, batch.creditor, openings, _debtors(house, batch))


def refuse_conflicts(house: House, batch: Batch) -> frozenset[str]:
    """The numbers whose settlement was posted before, all with the content that the file has.

    Raises:
        ConflictError: if one was posted with other content; nothing was opened.
    """
    rows = list_payments(house.engine, batch.creditor, limit=ALL)
    known = {row.payment.id: row.payment for row in rows if row.payment.source == SOURCE}
    mine = [batch.payment(row) for row in batch.rows if row.settled and row.number in known]
    for payment in mine:
        if payment_content(payment) != payment_content(known[payment.id]):
            raise ConflictError(
                f"{payment.id} was imported as settled before, with another customer or amount; "
                "nothing was opened"
            )
    return frozenset(payment.id for payment in mine)


def unattended(house: House, batch: Batch, alive: set[str]) -> set[str]:
    """The cases of a batch that should have a running workflow and have none."""
    wanted = {batch.invoice(row).case_id for row in batch.rows}
    decided = watch.running(house.engine, limit=ALL)
    undecided = watch.half_opened(house.engine, limit=ALL)
    return wanted & {*decided, *undecided} - alive


def decide(ledger: Ledger, batch: Batch, todo: Todo, progress: Progress) -> list[Ready]:
    """Post what was paid and make the decisions that are missing, an account at a time."""
    accounts: dict[str, list[InvoiceRow]] = {}
    for row in batch.rows:
        if row.number in todo.settle or batch.invoice(row).case_id in todo.decide:
            accounts.setdefault(row.debtor.id, []).append(row)
    total, ready = sum(map(len, accounts.values())), list[Ready]()
    for customer, rows in sorted(accounts.items()):
        progress("deciding what comes first", len(ready), total)
        with ledger.account(batch.creditor, customer) as book:
            # What was paid comes first: it makes the class by which the others are chased.
            for row in sorted(rows, key=lambda row: row.settled is None):
                session = Session(book, batch.invoice(row).case_id, batch.now)
                if row.number in todo.settle:
                    _settle(session, batch.payment(row))
                ready.append(_decided(session, news=row.number in todo.settle))
    return ready


def merged(told: Debtor, known: Debtor | None) -> Debtor:
    """What a file says about a customer, over what is known where it says nothing."""
    if known is None:
        return told
    blank = Debtor(id=told.id)
    silent = {
        field.name: getattr(known, field.name)
        for field in fields(Debtor)
        if getattr(told, field.name) == getattr(blank, field.name)
    }
    return replace(told, **silent)


def _decided(session: Session, *, news: bool) -> Ready:
    made = session.file.decision
    decision = session.decide() if made is None or news else made
    case = session.case
    over = session.file.parked or bool(case.closed and case.outcome)
    return Ready(case=case, decision=decision, over=over, news=news and made is not None)


def _debtors(house: House, batch: Batch) -> list[Debtor]:
    told: dict[str, Debtor] = {}
    for row in batch.rows:
        told[row.debtor.id] = merged(row.debtor, told.get(row.debtor.id))
    known: Iterable[tuple[Debtor, Debtor | None]] = (
        (debtor, get_debtor(house.engine, batch.creditor, debtor.id)) for debtor in told.values()
    )
    return [merged(new, old) for new, old in known]


def _settle(session: Session, payment: PaymentIn) -> None:
    part = Allocation(case=session.case_id, amount=payment.amount)
    told = Message(
        key=payment.key,
        kind=Kind.PAYMENT,
        at=payment.at,
        amount=payment.amount,
        note=payment.note,
        by=payment.source,
    )
    if session.add(told):
        session.book.add_payment(payment, (part,))
