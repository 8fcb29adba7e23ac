"""Bank accounts and their entries, as the service for statements sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Engine

from activities.ports.bank.store import BankAccountRow, BankEntryRow, EntryOutcome, EntryState
from activities.ports.types import Task
from adapters.ledger.bank import matching_data
from adapters.ledger.bank.accounts import (
    accounts_of_others,
    bank_accounts,
    note_account,
    set_account_active,
)
from adapters.ledger.bank.entries import (
    find_entry,
    keep_entries,
    known_entries,
    list_entries,
    posted_entries,
    propose,
    settle_entry,
)
from adapters.ledger.bank.remittances import keep_advice, kept_advices
from adapters.ledger.tasks import desk
from domain.bank.matching import MatchProposal
from domain.bank.open_items import KeptAdvice, KnownPayer, OpenItem
from domain.bank.recognising import KnownEntry
from domain.bank.statement import BankStatement
from domain.money import Money


class SqlBankStore:
    """The creditor's bank accounts in PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def accounts(self, creditor: str) -> tuple[BankAccountRow, ...]:
        """List the accounts of which statements came, by name."""
        return bank_accounts(self._engine, creditor)

    def note_account(self, creditor: str, statement: BankStatement, at: datetime) -> None:
        """Keep up to which day an account is known, and what stands there."""
        note_account(self._engine, creditor, statement, at)

    def set_active(self, creditor: str, account: str, *, on: bool) -> bool:
        """Let chasing wait for an account's statements, or not; False if there is none."""
        return set_account_active(self._engine, creditor, account, on=on)

    def known(self, creditor: str, accounts: Collection[str], since: date) -> list[KnownEntry]:
        """List the entries of accounts that were booked since a day, as they are known again."""
        return known_entries(self._engine, creditor, accounts, since)

    def keep(self, entries: Sequence[BankEntryRow]) -> None:
        """Record new entries, each once; one that is there without words gets them."""
        keep_entries(self._engine, entries)

    def entry(self, creditor: str, entry_id: str) -> BankEntryRow | None:
        """Read an entry with its proposals; None if there is none."""
        return find_entry(self._engine, creditor, entry_id)

    def entries(
        self, creditor: str, states: Collection[EntryState], limit: int
    ) -> tuple[BankEntryRow, ...]:
        """List entries in some states, the newest first; all states if none is named."""
        return list_entries(self._engine, creditor, states, limit)

    def posted(self, creditor: str, account: str, money: Money) -> list[KnownEntry]:
        """List the posted credits of a sum on an account: those that a return may take back."""
        return posted_entries(self._engine, creditor, account, money)

    def settle(self, creditor: str, entry_id: str, outcome: EntryOutcome) -> None:
        """Keep what became of an entry."""
        settle_entry(self._engine, creditor, entry_id, outcome)

    def propose(self, creditor: str, entry_id: str, proposals: Sequence[MatchProposal]) -> None:
        """Keep what a person is asked about an entry, instead of what was asked before."""
        propose(self._engine, creditor, entry_id, proposals)

    def items(self, creditor: str) -> tuple[OpenItem, ...]:
        """List the creditor's open items."""
        return matching_data.open_items(self._engine, creditor)

    def references(self, creditor: str) -> tuple[str, frozenset[str]]:
        """Read the scheme of the creditor's references, and the cases whose own is in doubt."""
        return matching_data.reference_terms(self._engine, creditor)

    def accounts_of_others(self, creditor: str, accounts: Collection[str]) -> Mapping[str, str]:
        """Find accounts to which another creditor asks to be paid, and this one does not."""
        return accounts_of_others(self._engine, creditor, accounts)

    def names(self, creditor: str) -> tuple[tuple[str, str], ...]:
        """List the creditor's customers with their names."""
        return matching_data.customer_names(self._engine, creditor)

    def payers(self, creditor: str) -> tuple[KnownPayer, ...]:
        """List by which accounts and names customers have paid."""
        return matching_data.known_payers(self._engine, creditor)

    def advices(self, creditor: str) -> tuple[KeptAdvice, ...]:
        """List the remittance advices of the last time whose claims nobody took back."""
        return kept_advices(self._engine, creditor)

    def keep_advice(self, creditor: str, advice: KeptAdvice, by: str) -> None:
        """Keep an advice that a person confirmed, once."""
        keep_advice(self._engine, creditor, advice, by)

    def items_of(self, creditor: str, customers: Sequence[str]) -> tuple[OpenItem, ...]:
        """List the open items of some customers, without references."""
        return matching_data.open_items(self._engine, creditor, customers)

    def learn(self, creditor: str, payer: KnownPayer, entry_id: str) -> None:
        """Keep by which account and name a customer paid an entry, once."""
        matching_data.learn_payer(self._engine, creditor, payer, entry_id)

    def unlearn(self, creditor: str, entry_id: str) -> None:
        """Forget what was learned from an entry."""
        matching_data.unlearn_payer(self._engine, creditor, entry_id)

    def put_task(self, task: Task) -> bool:
        """Put something on the desk once per key."""
        return desk.put_task(self._engine, task)

    def open_tasks(self, beginning: str) -> tuple[str, ...]:
        """List the keys of open tasks that begin so."""
        return desk.open_keys(self._engine, beginning)

    def finish_tasks(self, keys: Iterable[str], by: str, note: str) -> None:
        """Tick off tasks by their keys."""
        for key in keys:
            desk.finish_task(self._engine, key, by, note)
