"""Asks for statements that are missing between two others, until they come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from activities.ports.bank.store import BankStore
from activities.ports.types import Task
from domain.bank.statement import (
    BankBalance,
    BankStatement,
    StatementGap,
    gap_between,
    gap_of_pages,
    narrowed,
)
from domain.money import Money
from domain.parties.tasks import TaskKey, TaskKind, TaskTopic

_CAME_IN = "the statement came in"
_PARTS = 5


class MissingStatements:
    """Finds money that stands in no statement, and keeps a question on the desk meanwhile.

    Files come in by themselves: what a command says is read by nobody then.
    """

    def __init__(self, store: BankStore) -> None:
        self._store = store

    def found(self, creditor: str, statements: Sequence[BankStatement]) -> list[StatementGap]:
        """Find the gaps between what is known of the accounts and new statements."""
        last: dict[str, BankBalance | None] = {
            one.account: one.closing for one in self._store.accounts(creditor)
        }
        found, pages = [], dict[str, BankStatement]()
        for statement in sorted(statements, key=lambda one: (one.account, one.first_day)):
            earlier = pages.get(statement.account)
            gap = gap_of_pages(earlier, statement) or gap_between(
                last.get(statement.account), statement
            )
            found += [gap] if gap else []
            pages[statement.account] = statement
            last[statement.account] = statement.closing or last.get(statement.account)
        return found

    def ask(self, creditor: str, gaps: Iterable[StatementGap], now: datetime) -> None:
        """Ask for the statements of gaps, once each."""
        for gap in gaps:
            self._store.put_task(_question(creditor, gap, now))

    def came_in(self, creditor: str, statements: Sequence[BankStatement], now: datetime) -> None:
        """Ask no more for what came in after all, and for what is left of it only."""
        for account in {one.account for one in statements}:
            beginning = TaskKey.beginning(TaskTopic.GAP, creditor, account)
            for key in self._store.open_tasks(beginning):
                gap = _gap_of(account, key)
                left = narrowed(gap, statements)
                if left != gap:
                    self._store.finish_tasks([key], "amicable", _CAME_IN)
                    self.ask(creditor, [left] if left else [], now)


def _question(creditor: str, gap: StatementGap, now: datetime) -> Task:
    before, after = gap.before, gap.after
    ends = (before.day, before.money.minor, after.day, after.money.minor)
    return Task(
        key=str(TaskKey.of(TaskTopic.GAP, creditor, gap.account, gap.money.currency, *ends)),
        kind=TaskKind.QUESTION,
        case="",
        title=f"a bank statement of {gap.account} is missing: between {before.day} and "
        f"{after.day} {gap.money} moved and stand in none",
        detail="Who has paid in between is not known here, and may be reminded. Ask the bank for "
        "it and take it in; this is ticked off then.",
        due_at=now,
    )


def _gap_of(account: str, key: str) -> StatementGap:
    """Read a gap from the end of its question's key."""
    told = TaskKey(TaskTopic.GAP, key).ends(_PARTS)
    currency, first, opening, last, closing = told
    before = BankBalance(money=Money(int(opening), currency), day=date.fromisoformat(first))
    after = BankBalance(money=Money(int(closing), currency), day=date.fromisoformat(last))
    return StatementGap(account=account, before=before, after=after)
