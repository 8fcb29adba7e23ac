"""Asks people about money in the bank that fits no invoice for certain, and holds its payers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from activities.cases.waking import ToWake, all_to_wake
from activities.ports.bank.store import BankEntryRow, BankStore
from activities.ports.ports import Ledger
from activities.ports.types import Task
from domain.bank.matching import MatchProposal
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic
from domain.payments.in_favour import in_favour_ref
from domain.suggestion import Act, Suggestion

_BY = "amicable"
_INVOICES = {"invoices": "the numbers of the invoices that it pays"}
_HELD = "money came into the bank that may be this customer's"
_FREE = "whose money came into the bank is known"


class BankQuestions:
    """Questions about entries, and the customers who are not chased while they are open."""

    def __init__(self, store: BankStore, ledger: Ledger) -> None:
        self._store = store
        self._ledger = ledger

    def ask(
        self, row: BankEntryRow, proposals: tuple[MatchProposal, ...], now: datetime
    ) -> tuple[ToWake, ...]:
        """Ask whose money it is, and hold whoever may have paid; answers whose cases to wake."""
        self._store.put_task(_question(row, proposals, now))
        if proposals == row.proposals:
            return ()
        self._store.propose(row.creditor, row.id, proposals)
        woken: list[ToWake] = []
        for customer in _customers(row.proposals, proposals):
            with self._ledger.account(row.creditor, customer) as account:
                key = str(TaskKey.of(TaskTopic.BANK, row.id, row.outcome.attempt))
                held = account.cases.nudge_all(key, _HELD, _BY, now)
                woken += all_to_wake(account, held, now)
        return tuple(woken)

    def answered(self, row: BankEntryRow, by: str, note: str, now: datetime) -> tuple[ToWake, ...]:
        """Tick the question off; whoever was held goes on. To be called once it is settled."""
        self._store.finish_tasks([_key(row)], by or _BY, note)
        money, woken = row.entry.amount, list[ToWake]()
        for customer in _customers(row.proposals):
            with self._ledger.account(row.creditor, customer) as account:
                lies = account.customer.known.lies(money.currency)
                ref = in_favour_ref(money.currency, lies + money.minor, lies)
                key = f"bank-answered/{row.id}/{row.outcome.attempt}"
                held = account.cases.nudge_all(key, _FREE, _BY, now, ref=ref)
                woken += all_to_wake(account, held, now)
        return tuple(woken)


def _customers(*proposals: Iterable[MatchProposal]) -> list[str]:
    return sorted({one.customer for some in proposals for one in some})


def _key(row: BankEntryRow) -> str:
    return str(TaskKey.of(TaskTopic.BANK, row.creditor, row.id, row.outcome.attempt))


def _question(row: BankEntryRow, proposals: tuple[MatchProposal, ...], now: datetime) -> Task:
    """A question that names entry and invoices; what the payer wrote is read at the entry."""
    entry = row.entry
    what = "came in" if entry.is_credit else "went back"
    more = f" for {entry.count} payments together" if entry.count > 1 else ""
    return Task(
        key=_key(row),
        kind=TaskKind.QUESTION,
        case="",
        title=f"{entry.amount} {what} on {entry.booked}{more} and fit no invoice for certain: "
        f"bank entry {row.id}",
        detail="\n".join(f"{one.customer}: {one.why}" for one in proposals),
        due_at=now,
        suggestions=tuple(_ways(row, proposals)),
    )


def _ways(row: BankEntryRow, proposals: tuple[MatchProposal, ...]) -> Iterator[Suggestion]:
    where, creditor = {"entry": row.id}, row.creditor
    if not row.entry.is_credit:
        means = "once the payment that it takes back was reversed"
        yield Suggestion(act=Act.DISMISS_ENTRY, creditor=creditor, means=means, fields=where)
        return
    for one in proposals:
        if one.cases:
            yield Suggestion(
                act=Act.ASSIGN_ENTRY,
                creditor=creditor,
                means=f"if it is {one.customer}'s: {one.why}",
                fields=where | {"invoices": ";".join(one.numbers)},
            )
    means = "if it pays other invoices"
    yield Suggestion(
        act=Act.ASSIGN_ENTRY, creditor=creditor, means=means, fields=where, needed=_INVOICES
    )
    means = "if it is no customer's money"
    yield Suggestion(act=Act.DISMISS_ENTRY, creditor=creditor, means=means, fields=where)
