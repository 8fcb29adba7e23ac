"""The service that takes in bank statements: each booking once, each payment to its invoices."""

# One thing: the way of a file's money, from being recorded to being posted, reversed or asked.

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from activities.cases.waking import ToWake
from activities.ports.bank.store import (
    BankEntryRow,
    BankStore,
    EntryOutcome,
    EntryState,
    PrintedReferences,
)
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.stores.payments import PaymentStore
from activities.services.bank.gaps import MissingStatements
from activities.services.bank.items import items_of
from activities.services.bank.posting import EntryPosting, TakingBack, payer_of, payment_name
from activities.services.bank.questions import BankQuestions
from domain.bank.matching import MatchProposal, MatchReason, match_entry, parts_of_match
from domain.bank.open_items import OpenItems
from domain.bank.recognising import KnownEntries
from domain.bank.returns import returned_entry
from domain.bank.statement import BankEntry, BankStatement, StatementGap
from domain.errors import RefusedError

_EARLIER = timedelta(days=14)
"""Bookings of so many days before a statement may stand in it again."""

_ALL = 10**6
_APART = "the bank has told its payments one by one"

TellHowFar = Callable[[str, int, int], None]
"""Is told what is done, how far, and of how many."""


@dataclass(slots=True)
class TakenIn:
    """What became of a file's money.

    Attributes:
        statements: how many messages there were.
        entries: how many bookings of money that came in or went back.
        known: how many of them were known.
        posted: how many were posted by themselves now, by reason.
        reversed: how many payments were taken back now.
        asked: how many wait for a person now.
        gaps: money that moved between two statements and stands in neither.
        left_out: accounts that are another creditor's, with whose they are.
        woken: the cases that must hear of it.
    """

    statements: int = 0
    entries: int = 0
    known: int = 0
    posted: Counter[str] = field(default_factory=Counter)
    reversed: int = 0
    asked: int = 0
    gaps: list[StatementGap] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    woken: list[ToWake] = field(default_factory=list)


def _silent(what: str, at: int, of: int) -> None:
    """Tell nobody how far it is."""


class StatementService:
    """Takes in statements, and finds the invoices of their money."""

    def __init__(
        self,
        store: BankStore,
        ledger: Ledger,
        payments: PaymentStore,
        printed: PrintedReferences,
        clock: Clock,
    ) -> None:
        self._store = store
        self._printed = printed
        self._clock = clock
        self._posting = EntryPosting(store, ledger, payments)
        self._questions = BankQuestions(store, ledger)
        self._missing = MissingStatements(store)

    def take_in(
        self,
        creditor: str,
        statements: Sequence[BankStatement],
        *,
        unbalanced: bool = False,
        report: TellHowFar = _silent,
    ) -> TakenIn:
        """Take in statements; what was reported before, in any file, changes nothing.

        Raises:
            RefusedError: if a statement does not add up or was cut off, unless that is allowed;
                or if all accounts are those of other creditors.
        """
        if not unbalanced:
            _refuse_unbalanced(statements)
        taken = TakenIn(statements=len(statements))
        mine = self._without_others(creditor, statements, taken)
        taken.gaps = self._missing.found(creditor, mine)
        self._missing.ask(creditor, taken.gaps, self._clock())
        self._record(creditor, mine, taken)
        self._settle_all(creditor, taken, report)
        for statement in mine:
            self._store.note_account(creditor, statement, self._clock())
        self._missing.came_in(creditor, mine, self._clock())
        return taken

    def _without_others(
        self, creditor: str, statements: Sequence[BankStatement], taken: TakenIn
    ) -> Sequence[BankStatement]:
        """The statements but those of accounts to which another creditor asks to be paid."""
        accounts = {one.account for one in statements}
        others = self._store.accounts_of_others(creditor, accounts)
        if others and others.keys() == accounts:
            told = ", ".join(f"{account} is {owner}'s" for account, owner in sorted(others.items()))
            raise RefusedError(f"{told}; take the file in for its own creditor", field="file")
        taken.left_out = dict(sorted(others.items()))
        return [one for one in statements if one.account not in others]

    def match_again(self, creditor: str) -> TakenIn:
        """Look anew for the invoices of all money that waits: some may have come in since."""
        taken = TakenIn()
        self._settle_all(creditor, taken, _silent)
        return taken

    def _record(self, creditor: str, statements: Sequence[BankStatement], taken: TakenIn) -> None:
        """Record every entry that is not known yet, before anything is done about it."""
        if not statements:
            return
        since = min(statement.first_day for statement in statements) - _EARLIER
        accounts = {statement.account for statement in statements}
        known = KnownEntries(self._store.known(creditor, accounts, since))
        rows: list[BankEntryRow] = []
        for statement in statements:
            entries = [entry for entry in statement.entries if _matters(entry)]
            answers = known.recognise(entries)
            taken.entries += len(entries)
            taken.known += sum(not is_new for _, is_new in answers)
            for entry, (entry_id, is_new) in zip(entries, answers, strict=True):
                if is_new or known.says_more(entry_id, entry):
                    rows.append(_new_row(creditor, entry_id, entry))
        self._store.keep(rows)

    def _settle_all(self, creditor: str, taken: TakenIn, report: TellHowFar) -> None:
        """Look for the invoices of all money that waits, the oldest first."""
        waiting = (EntryState.NEW, EntryState.BATCH, EntryState.OPEN)
        rows = self._store.entries(creditor, waiting, _ALL)
        if not rows:
            return
        items, now = items_of(self._store, self._printed, creditor), self._clock()
        ordered = sorted(rows, key=lambda row: (row.entry.booked, row.id))
        for at, row in enumerate(ordered):
            report("matching", at, len(rows))
            if row.outcome.state is EntryState.BATCH and self._is_told_apart(row):
                outcome = replace(row.outcome, state=EntryState.DISMISSED, why=_APART)
                self._store.settle(creditor, row.id, outcome)
                taken.woken += self._questions.answered(row, "", _APART, now)
                continue
            settle = self._settle_credit if row.entry.is_credit else self._settle_return
            settle(row, items, taken, now)

    def _is_told_apart(self, row: BankEntryRow) -> bool:
        """Whether the bank has told the payments of a collective booking one by one."""
        entry, refs = row.entry, set(map(str, row.entry.refs))
        near = self._store.known(row.creditor, {entry.account}, entry.booked - _EARLIER)
        parts = [one for one in near if one.id != row.id and refs & set(one.marks.refs)]
        return bool(parts) and sum(one.marks.amount.minor for one in parts) == entry.amount.minor

    def _settle_credit(
        self, row: BankEntryRow, items: OpenItems, taken: TakenIn, now: datetime
    ) -> None:
        before = self._posting.posted_before(row)
        if before is not None:
            name, customer = payment_name(row), before.payment.customer
            outcome = replace(row.outcome, state=EntryState.POSTED, customer=customer, payment=name)
            self._store.settle(row.creditor, row.id, outcome)
            return
        found = match_entry(row.entry, items, by_itself=_by_itself(row))
        if found.certain is None:
            self._ask(row, found.proposals, taken, now)
            return
        taken.woken += self._posting.post(row, found.certain, "", now)
        if row.outcome.state is EntryState.OPEN:
            taken.woken += self._questions.answered(row, "", found.certain.why, now)
        taken.posted[found.certain.reason.value] += 1
        _take(items, found.certain, row)

    def _settle_return(
        self, row: BankEntryRow, items: OpenItems, taken: TakenIn, now: datetime
    ) -> None:
        """Reverse the payment that a return takes back, where there is no doubt which."""
        entry = row.entry
        meant = returned_entry(entry, self._store.posted(row.creditor, entry.account, entry.amount))
        earlier = self._store.entry(row.creditor, meant) if meant else None
        if earlier is None or row.outcome.attempt > 1:
            self._ask(row, (), taken, now)
            return
        code = f" ({entry.return_code})" if entry.return_code else ""
        back = TakingBack(key=f"bank-return/{row.id}", note=f"the bank took it back{code}")
        taken.woken += self._posting.take_back(earlier, back, now)
        gone = replace(earlier.outcome, state=EntryState.RETURNED)
        self._store.settle(row.creditor, earlier.id, gone)
        done = EntryOutcome(
            state=EntryState.REVERSAL,
            customer=earlier.outcome.customer,
            reason=MatchReason.RETURN,
            why=f"it takes {earlier.id} back",
            takes_back=earlier.id,
        )
        self._store.settle(row.creditor, row.id, done)
        taken.reversed += 1

    def _ask(
        self,
        row: BankEntryRow,
        proposals: tuple[MatchProposal, ...],
        taken: TakenIn,
        now: datetime,
    ) -> None:
        if row.outcome.state is EntryState.NEW:
            outcome = replace(row.outcome, state=EntryState.OPEN)
            self._store.settle(row.creditor, row.id, outcome)
            taken.asked += 1
        taken.woken += self._questions.ask(row, proposals, now)


def _refuse_unbalanced(statements: Sequence[BankStatement]) -> None:
    for statement in statements:
        where = f"line {statement.line}: " if statement.line else ""
        which = f"{where}the statement of {statement.account} that begins on {statement.first_day}"
        way_out = "ask the bank for it again"
        lacks = statement.missing
        if lacks is not None:
            raise RefusedError(
                f"{which} does not add up: {lacks} are missing between its balances "
                f"and its entries; {way_out}",
                field="file",
            )
        if statement.is_cut_off:
            raise RefusedError(f"{which} ends without a closing balance; {way_out}", field="file")


def _matters(entry: BankEntry) -> bool:
    """Whether it is booked, and came in or takes something back."""
    return entry.is_final and (entry.is_credit or entry.is_return)


def _new_row(creditor: str, entry_id: str, entry: BankEntry) -> BankEntryRow:
    is_batch = entry.count > 1 and entry.is_credit
    state = EntryState.BATCH if is_batch else EntryState.NEW
    outcome = EntryOutcome(state=state)
    return BankEntryRow(creditor=creditor, id=entry_id, entry=entry, outcome=outcome)


def _by_itself(row: BankEntryRow) -> bool:
    """Whether money may be posted without a person: not what one undid, nor what came back."""
    return row.outcome.attempt == 1 and not row.entry.is_return and row.entry.count == 1


def _take(items: OpenItems, told: MatchProposal, row: BankEntryRow) -> None:
    """Let later money of the same file find what this money left."""
    mine = {item.case: item for item in items.of(told.customer, row.entry.amount.currency)}
    paid = [mine[case] for case in told.cases if case in mine]
    for case, minor in parts_of_match(paid, row.entry.amount):
        items.take(case, minor)
    items.learn(payer_of(row, told.customer))
