"""Posts an entry of the bank like any payment, and takes it back like any reversal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from activities.cases.waking import ToWake
from activities.payments.posting import post
from activities.payments.returning import MoneyBack, take_back
from activities.ports.bank.store import BankEntryRow, BankStore, EntryOutcome, EntryState
from activities.ports.ports import Ledger
from activities.ports.stores.payments import PaymentRow, PaymentStore
from domain.bank.matching import MatchProposal
from domain.bank.open_items import KnownPayer
from domain.ids import CaseId
from domain.payments.allocation import PaymentIn

BANK = "bank"
"""The source of payments that were found in statements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """Why money that was posted is taken back.

    Attributes:
        key: makes it one: said twice, it counts once.
        by: who said so; empty for the bank.
    """

    key: str
    note: str
    by: str = ""


class EntryPosting:
    """Moves the money of entries: to invoices, and back."""

    def __init__(self, store: BankStore, ledger: Ledger, payments: PaymentStore) -> None:
        self._store = store
        self._ledger = ledger
        self._payments = payments

    def post(
        self, row: BankEntryRow, told: MatchProposal, by: str, now: datetime
    ) -> tuple[ToWake, ...]:
        """Post an entry and keep that it was; learns by whom the customer pays."""
        posted = post(self._ledger, _payment(row, told, now), now)
        outcome = EntryOutcome(
            state=EntryState.POSTED,
            customer=told.customer,
            reason=told.reason,
            why=told.why,
            payment=payment_name(row),
            attempt=row.outcome.attempt,
            by=by,
        )
        self._store.settle(row.creditor, row.id, outcome)
        payer = payer_of(row, told.customer)
        if payer.account or payer.name:
            self._store.learn(row.creditor, payer, row.id)
        return posted.woken

    def posted_before(self, row: BankEntryRow) -> PaymentRow | None:
        """Find the payment of an entry, where something died before that was kept."""
        return self._payments.payment(row.creditor, BANK, payment_name(row))

    def take_back(self, row: BankEntryRow, back: TakingBack, now: datetime) -> tuple[ToWake, ...]:
        """Take a payment back: what it settled is owed again, what lies there is given back."""
        found = self._payments.payment(row.creditor, BANK, row.outcome.payment)
        if found is None:
            return ()
        told = MoneyBack(
            key=back.key, amount=found.payment.amount, note=back.note, by=back.by or BANK
        )
        return take_back(self._ledger, found, told, now)


def payment_name(row: BankEntryRow) -> str:
    """Name the payment of an entry: its id, and from the second time on how often it was posted."""
    attempt = row.outcome.attempt
    return row.id if attempt == 1 else f"{row.id}-{attempt}"


def payer_of(row: BankEntryRow, customer: str) -> KnownPayer:
    """Tell by which account and name a customer paid an entry."""
    entry = row.entry
    return KnownPayer(customer=customer, account=entry.payer_account, name=entry.payer_name)


def _payment(row: BankEntryRow, told: MatchProposal, now: datetime) -> PaymentIn:
    """The payment of its value date, unless that is still to come."""
    entry, today = row.entry, now.date()
    day = next((day for day in (entry.valued, entry.booked) if day <= today), None)
    return PaymentIn(
        creditor=row.creditor,
        source=BANK,
        id=payment_name(row),
        customer=told.customer,
        amount=entry.amount,
        at=now,
        day=day,
        invoices=tuple(CaseId.parse(case).number for case in told.cases),
    )
