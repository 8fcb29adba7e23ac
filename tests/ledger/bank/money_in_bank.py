"""Made-up statements of one account, and a service that takes them in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from activities.case_service import CaseService
from activities.ports.bank.store import BankEntryRow, EntryState
from activities.services.bank.entries import BankEntryService
from activities.services.bank.statements import StatementService, TakenIn
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.bank.store import SqlBankStore
from adapters.ledger.customers import people
from adapters.ledger.stores.payments import SqlPaymentStore
from adapters.letters.paying.references import checked_reference
from domain.bank.statement import BankBalance, BankEntry, BankRef, BankStatement, StatementKind
from domain.money import Money
from domain.parties.people import Debtor
from tests.ledger import factories

IBAN = "DE59370400440000047110"
"""No creditor of another test asks to be paid to it: its statements would be left out."""
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


def entry(minor: int, text: str = "", **changes: Any) -> BankEntry:
    """A credit of the day, unless said otherwise."""
    given: dict[str, Any] = {
        "account": IBAN,
        "amount": Money(minor, "EUR"),
        "is_credit": True,
        "booked": DAY,
        "valued": DAY,
        "lines": (text,) if text else (),
    }
    return BankEntry(**(given | changes))


def statement(*entries: BankEntry, **changes: Any) -> BankStatement:
    """What the bank says of a day."""
    moved = sum(e.amount.minor if e.is_credit else -e.amount.minor for e in entries)
    given: dict[str, Any] = {
        "kind": StatementKind.STATEMENT,
        "account": IBAN,
        "currency": "EUR",
        "entries": entries,
        "moved": moved,
        "first_day": DAY,
        "last_day": DAY,
    }
    return BankStatement(**(given | changes))


def balance(minor: int, day: date = DAY) -> BankBalance:
    """What stood on the account."""
    return BankBalance(money=Money(minor, "EUR"), day=day)


def bank_ref(value: str) -> tuple[BankRef, ...]:
    """The bank's own reference of one payment."""
    return (BankRef(sort="bank", value=value),)


@dataclass
class Bank:
    """A creditor's bank, with all that its money touches."""

    engine: Engine
    creditor: str
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.ledger = SqlLedger(self.engine)
        self.store = SqlBankStore(self.engine)
        self.payments = SqlPaymentStore(self.engine)
        parts = (self.store, self.ledger, self.payments, checked_reference, lambda: self.now)
        self.statements = StatementService(*parts)
        self.entries = BankEntryService(*parts)
        self.desk = CaseService(self.ledger, lambda: self.now)

    def owes(self, number: str, minor: int, customer: str = "C-1", name: str = "") -> str:
        """Open an invoice; answers its case."""
        if name:
            people.upsert_debtor(self.engine, self.creditor, Debtor(id=customer, name=name))
        money = Money(minor, "EUR")
        invoice = factories.invoice(self.creditor, number, customer=customer, amount=money)
        self.desk.open(invoice, factories.POLICY)
        return invoice.case_id

    def takes(self, *entries: BankEntry, **changes: Any) -> TakenIn:
        """Take in one statement with these entries."""
        return self.statements.take_in(self.creditor, [statement(*entries, **changes)])

    def open(self, case: str) -> int:
        """What is still owed of an invoice, minor units."""
        return self.desk.look(case).case.open

    def waiting(self) -> tuple[BankEntryRow, ...]:
        """What a person is asked about."""
        return self.entries.entries(self.creditor, (EntryState.OPEN, EntryState.BATCH))

    def only(self) -> BankEntryRow:
        """The only entry there is."""
        (row,) = self.entries.entries(self.creditor)
        return row
