"""Makes the first decisions of a file's cases, many at once, after posting what was paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from activities.cases.missing_contact import ask_for_contact
from activities.cases.session import Session
from activities.ports.ports import AccountRepository, Ledger
from domain.case.model import Case
from domain.message_types import MessageType
from domain.payments.allocation import Allocation
from domain.wire import Decision
from starter.application import Application
from starter.importing.files.invoices import InvoiceRow
from starter.importing.intake.batch import Batch
from starter.importing.intake.invoices import Todo

_TOGETHER = 50
"""New cases decided in one transaction: their workflows start while the next ones are decided."""


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


def decide(application: Application, batch: Batch, todo: Todo) -> Iterator[list[Ready]]:
    """Post what was paid and make the decisions that are missing, some accounts at a time.

    New cases of customers of whom the file tells nothing else are read and saved many at once.
    """
    accounts: dict[str, list[InvoiceRow]] = {}
    told = todo.settle | todo.tell
    for row in batch.rows:
        if row.number in told or batch.invoice(row).case_id in todo.decide:
            accounts.setdefault(row.debtor.id, []).append(row)
    plain: list[InvoiceRow] = []
    for _, rows in sorted(accounts.items()):
        if any(row.number in told for row in rows):
            yield _decide_account(application.ledger, batch, told, rows)
        else:
            plain += rows
    for start in range(0, len(plain), _TOGETHER):
        yield _decide_new(application, batch, plain[start : start + _TOGETHER])


def _decide_account(
    ledger: Ledger, batch: Batch, told: frozenset[str], rows: Sequence[InvoiceRow]
) -> list[Ready]:
    """What was paid comes first: it makes the class by which the others are chased."""
    paid = [row for row in rows if row.settled is not None]
    unpaid = [row for row in rows if row.settled is None]
    with ledger.account(batch.creditor, rows[0].debtor.id) as account:
        return [
            *_decide_together(account, batch, told, paid),
            *_decide_together(account, batch, told, unpaid),
        ]


def _decide_together(
    account: AccountRepository, batch: Batch, told: frozenset[str], rows: Sequence[InvoiceRow]
) -> list[Ready]:
    ready = list[Ready]()
    with account.together([batch.invoice(row).case_id for row in rows]):
        for row in rows:
            session = Session(account, batch.invoice(row).case_id, batch.now)
            if row.number in told:
                _tell(session, batch, row)
            ready.append(_decided(session, news=row.number in told))
    return ready


def _decide_new(application: Application, batch: Batch, rows: list[InvoiceRow]) -> list[Ready]:
    """Decide new cases together; a case that is not new any more is read by itself."""
    wanted = {batch.invoice(row).case_id: row for row in rows}
    with application.imports.newcomers(batch.creditor, list(wanted)) as accounts:
        found = [Session(account, case_id, batch.now) for case_id, account in accounts.items()]
        ready = [_decided(session, news=False) for session in found]
    for case_id in wanted.keys() - accounts.keys():
        ready += _decide_account(application.ledger, batch, frozenset(), [wanted[case_id]])
    return ready


def _decided(session: Session, *, news: bool) -> Ready:
    made = session.file.decision
    if made is None:
        ask_for_contact(session)
    decision = session.decide() if made is None or news else made
    case = session.case
    over = session.file.parked or bool(case.closed and case.outcome)
    return Ready(case=case, decision=decision, over=over, news=news and made is not None)


def _tell(session: Session, batch: Batch, row: InvoiceRow) -> None:
    """What the file says had happened before: money, credit, and the last reminder elsewhere."""
    payment = batch.payment(row)
    for message in batch.messages(row):
        if session.add(message) and payment and message.kind is MessageType.PAYMENT:
            part = Allocation(case=session.case_id, amount=payment.amount)
            session.account.payments.add(payment, (part,))
