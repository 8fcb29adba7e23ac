"""The service for entries of the bank: what became of each, and what people decide about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from activities.cases.waking import ToWake
from activities.ports.bank.store import (
    BankAccountRow,
    BankEntryRow,
    BankStore,
    EntryOutcome,
    EntryState,
    PrintedReferences,
)
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.stores.errors import NotKnownError, Sought
from activities.ports.stores.payments import PaymentStore
from activities.services.bank.items import items_of
from activities.services.bank.posting import EntryPosting, TakingBack, payment_name
from activities.services.bank.questions import BankQuestions
from domain.bank.matching import MatchProposal, MatchReason, match_entry
from domain.card_numbers import without_card_numbers
from domain.errors import DomainError, RefusedError
from domain.ids import CaseId

_WAITING = (EntryState.NEW, EntryState.OPEN, EntryState.BATCH)

Decided = tuple[BankEntryRow, tuple[ToWake, ...]]
"""The entry as it stands then, and the cases that must hear of it."""


class BankEntryService:
    """Shows entries of the bank, and does with them what people say."""

    def __init__(
        self,
        store: BankStore,
        ledger: Ledger,
        payments: PaymentStore,
        printed: PrintedReferences,
        clock: Clock,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._printed = printed
        self._clock = clock
        self._posting = EntryPosting(store, ledger, payments)
        self._questions = BankQuestions(store, ledger)

    def accounts(self, creditor: str) -> tuple[BankAccountRow, ...]:
        """List the creditor's bank accounts, and up to which day each is known."""
        return self._store.accounts(creditor)

    def set_active(self, creditor: str, account: str, *, on: bool) -> None:
        """Let chasing wait for an account's statements, or not.

        Raises:
            NotKnownError: if no statement of it ever came.
        """
        if not self._store.set_active(creditor, account, on=on):
            raise NotKnownError(Sought.BANK_ACCOUNT, f"{creditor} has no bank account {account}")

    def entries(
        self, creditor: str, states: Iterable[EntryState] = (), limit: int = 100
    ) -> tuple[BankEntryRow, ...]:
        """List entries in some states, the newest first."""
        return self._store.entries(creditor, tuple(states), limit)

    def show(self, creditor: str, entry_id: str) -> BankEntryRow:
        """Show an entry with its proposals.

        Raises:
            NotKnownError: if there is none.
        """
        found = self._store.entry(creditor, entry_id)
        if found is None:
            raise NotKnownError(Sought.BANK_ENTRY, f"{creditor} has no bank entry {entry_id}")
        return found

    def assign(self, creditor: str, entry_id: str, numbers: Sequence[str], by: str) -> Decided:
        """Post an entry for the invoices that a person names.

        Raises:
            NotKnownError: if there is no such entry or invoice.
            DomainError: if the invoices are not one customer's.
            RefusedError: if it does not wait for anybody, or is no money that came in.
        """
        row, now = self._waiting(creditor, entry_id), self._clock()
        if not row.entry.is_credit:
            raise RefusedError(f"{entry_id} is money that went out; no invoice is paid by it")
        cases = tuple(str(CaseId(creditor, number)) for number in dict.fromkeys(numbers))
        told = MatchProposal(
            customer=self._owner(cases),
            cases=cases,
            reason=MatchReason.PERSON,
            why="a person assigned it",
        )
        woken = self._posting.post(row, told, by, now)
        freed = self._questions.answered(row, by, "it was assigned", now)
        return self.show(creditor, entry_id), (*woken, *freed)

    def dismiss(self, creditor: str, entry_id: str, by: str, note: str = "") -> Decided:
        """Say that an entry is no customer's money, or was dealt with elsewhere.

        Raises:
            NotKnownError: if there is no such entry.
            RefusedError: if it does not wait for anybody.
        """
        row, now = self._waiting(creditor, entry_id), self._clock()
        why = without_card_numbers(note)
        outcome = replace(
            row.outcome, state=EntryState.DISMISSED, reason=MatchReason.PERSON, why=why, by=by
        )
        self._store.settle(creditor, entry_id, outcome)
        freed = self._questions.answered(row, by, why or "it was dismissed", now)
        return self.show(creditor, entry_id), freed

    def undo(self, creditor: str, entry_id: str, by: str, note: str = "") -> Decided:
        """Take a posted or dismissed entry back into question; nothing is done by itself again.

        Raises:
            NotKnownError: if there is no such entry.
            RefusedError: if there is nothing to undo.
        """
        row, now = self.show(creditor, entry_id), self._clock()
        if row.outcome.state not in {EntryState.POSTED, EntryState.DISMISSED}:
            raise RefusedError(f"{entry_id} is {row.outcome.state}; there is nothing to undo")
        why, woken = without_card_numbers(note), tuple[ToWake, ...]()
        if row.outcome.payment:
            key = f"bank-undo/{payment_name(row)}"
            back = TakingBack(key=key, note=why or "assigned in error", by=by)
            woken = self._posting.take_back(row, back, now)
        self._store.unlearn(creditor, entry_id)
        attempt = row.outcome.attempt + 1
        outcome = EntryOutcome(state=EntryState.OPEN, attempt=attempt, by=by, why=why)
        self._store.settle(creditor, entry_id, outcome)
        opened = self.show(creditor, entry_id)
        items = items_of(self._store, self._printed, creditor)
        found = match_entry(opened.entry, items, by_itself=False)
        asked = self._questions.ask(opened, found.proposals, now)
        return self.show(creditor, entry_id), (*woken, *asked)

    def _owner(self, cases: tuple[str, ...]) -> str:
        known = self._ledger.customers_of(cases)
        missing = next((case for case in cases if case not in known), None)
        if missing:
            raise NotKnownError(Sought.CASE, f"there is no case {missing}")
        owners = set(known.values())
        if len(owners) != 1:
            both = " and ".join(sorted(owners))
            told = f"these invoices are {both}'s; assign money to one customer's"
            raise DomainError(told if owners else "name invoices", field="invoices")
        return owners.pop()

    def _waiting(self, creditor: str, entry_id: str) -> BankEntryRow:
        row = self.show(creditor, entry_id)
        if row.outcome.state not in _WAITING:
            raise RefusedError(f"{entry_id} is {row.outcome.state} already; undo that first")
        return row
