"""What banks reported and what became of it, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from activities.ports.types import Task
from domain.bank.matching import MatchProposal, MatchReason
from domain.bank.open_items import KeptAdvice, KnownPayer, OpenItem
from domain.bank.recognising import KnownEntry
from domain.bank.statement import BankBalance, BankEntry, BankStatement
from domain.money import Money


class EntryState(StrEnum):
    """Where money in the bank stands; pinned, for ledgers and programs hold these words.

    NEW is between being recorded and being posted, BATCH waits for the bank to say what it is made
    of, RETURNED came and went back, REVERSAL took another one back.
    """

    NEW = "new"
    OPEN = "open"
    POSTED = "posted"
    RETURNED = "returned"
    REVERSAL = "reversal"
    DISMISSED = "dismissed"
    BATCH = "batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOutcome:
    """What became of an entry.

    Attributes:
        customer: whose money it is, once that is known.
        reason: why it went there, as a code.
        why: the same in words.
        payment: the id under which it was posted.
        attempt: how often it was posted: once more each time a person undid it.
        by: who decided it; empty for Amicable itself.
        takes_back: the id of the entry that it takes back.
    """

    state: EntryState
    customer: str = ""
    reason: str = MatchReason.NOTHING
    why: str = ""
    payment: str = ""
    attempt: int = 1
    by: str = ""
    takes_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEntryRow:
    """An entry as it is kept.

    Attributes:
        proposals: what a person is asked about, the likeliest first.
    """

    creditor: str
    id: str
    entry: BankEntry
    outcome: EntryOutcome
    proposals: tuple[MatchProposal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccountRow:
    """An account of the creditor.

    Attributes:
        known_until: the last day that a statement of it spoke of.
        is_active: whether chasing waits for its statements.
        closing: the newest closing balance that is known.
        imported_at: when a statement of it was last taken in (UTC).
    """

    account: str
    known_until: date
    is_active: bool
    closing: BankBalance | None
    imported_at: datetime | None


class PrintedReferences(Protocol):
    """Tells the reference that letters print for an invoice."""

    def __call__(
        self, number: str, scheme: str, printed: str, *, is_taken: bool
    ) -> tuple[str, bool]:
        """Answer the reference as machines read it, and whether it has check digits."""
        ...


class BankStore(Protocol):
    """The creditor's bank accounts, their entries, and by whom customers pay."""

    def accounts(self, creditor: str) -> tuple[BankAccountRow, ...]:
        """List the accounts of which statements came, by name."""
        ...

    def note_account(self, creditor: str, statement: BankStatement, at: datetime) -> None:
        """Keep up to which day an account is known, and what stands there; never less than was."""
        ...

    def set_active(self, creditor: str, account: str, *, on: bool) -> bool:
        """Let chasing wait for an account's statements, or not; False if there is none."""
        ...

    def known(self, creditor: str, accounts: Collection[str], since: date) -> list[KnownEntry]:
        """List the entries of accounts that were booked since a day, as they are known again."""
        ...

    def keep(self, entries: Sequence[BankEntryRow]) -> None:
        """Record new entries, each once; one that is there without words gets them."""
        ...

    def entry(self, creditor: str, entry_id: str) -> BankEntryRow | None:
        """Read an entry with its proposals; None if there is none."""
        ...

    def entries(
        self, creditor: str, states: Collection[EntryState], limit: int
    ) -> tuple[BankEntryRow, ...]:
        """List entries in some states, the newest first; all states if none is named."""
        ...

    def posted(self, creditor: str, account: str, money: Money) -> list[KnownEntry]:
        """List the posted credits of a sum on an account: those that a return may take back."""
        ...

    def settle(self, creditor: str, entry_id: str, outcome: EntryOutcome) -> None:
        """Keep what became of an entry; its proposals go once it is no question any more."""
        ...

    def propose(self, creditor: str, entry_id: str, proposals: Sequence[MatchProposal]) -> None:
        """Keep what a person is asked about an entry, instead of what was asked before."""
        ...

    def items(self, creditor: str) -> tuple[OpenItem, ...]:
        """List the creditor's open items; the reference is that of the invoice, if it has one."""
        ...

    def references(self, creditor: str) -> tuple[str, frozenset[str]]:
        """Read the scheme of the creditor's references, and the cases whose own is in doubt."""
        ...

    def names(self, creditor: str) -> tuple[tuple[str, str], ...]:
        """List the creditor's customers with their names."""
        ...

    def payers(self, creditor: str) -> tuple[KnownPayer, ...]:
        """List by which accounts and names customers have paid."""
        ...

    def accounts_of_others(self, creditor: str, accounts: Collection[str]) -> Mapping[str, str]:
        """Find accounts to which another creditor asks to be paid, and this one does not."""
        ...

    def advices(self, creditor: str) -> tuple[KeptAdvice, ...]:
        """List the remittance advices of the last time whose claims nobody took back."""
        ...

    def keep_advice(self, creditor: str, advice: KeptAdvice, by: str) -> None:
        """Keep an advice that a person confirmed, once."""
        ...

    def items_of(self, creditor: str, customers: Sequence[str]) -> tuple[OpenItem, ...]:
        """List one customer's open items, without references."""
        ...

    def learn(self, creditor: str, payer: KnownPayer, entry_id: str) -> None:
        """Keep by which account and name a customer paid an entry, once."""
        ...

    def unlearn(self, creditor: str, entry_id: str) -> None:
        """Forget what was learned from an entry."""
        ...

    def put_task(self, task: Task) -> bool:
        """Put something on the desk once per key."""
        ...

    def open_tasks(self, beginning: str) -> tuple[str, ...]:
        """List the keys of open tasks that begin so."""
        ...

    def finish_tasks(self, keys: Iterable[str], by: str, note: str) -> None:
        """Tick off tasks by their keys."""
        ...
