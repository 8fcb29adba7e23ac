"""The service for acts on many customers at once: looked at before, each line with its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from activities.cases.waking import ToWake
from activities.ports.clock import Clock
from activities.ports.stores.cases import CaseRow
from activities.services.cases import CaseQueryService
from activities.services.console.looking import LookingService
from activities.services.console.worklist import WorklistService
from activities.services.customers.customers import CustomerService
from activities.services.many.orders import (
    MOST_AT_ONCE,
    OF_CUSTOMERS,
    SAID_TO_INVOICES,
    BulkAct,
    BulkLine,
    BulkOrder,
)
from activities.services.team import TeamService
from domain.decision.state import CaseState, case_state
from domain.errors import CodedError, DomainError, RefusedError
from domain.ids import CaseId
from domain.intake.reading import ReadingGround, read_message
from domain.intake.steering import check_steering
from domain.message_types import MESSAGES_TO_DEBTOR, MessageType
from domain.policy.model import CLASSES
from domain.wire import Answer
from domain.words import unknown_word


@dataclass(frozen=True, slots=True)
class _Target:
    customer: str
    row: CaseRow | None = None

    def line(self, *, ok: bool, text: str) -> BulkLine:
        number = self.row.number if self.row else ""
        return BulkLine(customer=self.customer, number=number, ok=ok, text=text)


@dataclass(frozen=True, kw_only=True)
class BulkService:
    """Looks at what an act would do to many, and does it, one by one."""

    cases: CaseQueryService
    say: Callable[[str, MessageType, dict[str, Any]], tuple[Answer, ToWake]]
    customers: CustomerService
    team: TeamService
    worklist: WorklistService
    notes: LookingService
    clock: Clock

    def look(self, order: BulkOrder) -> tuple[BulkLine, ...]:
        """Tell what an act would do, line by line; nothing is changed.

        Raises:
            DomainError: if nobody is chosen, too many are, or the act lacks its value.
        """
        self._check(order)
        return tuple(self._looked(order, target) for target in self._targets(order))

    def carry_out(self, order: BulkOrder) -> tuple[tuple[BulkLine, ...], tuple[ToWake, ...]]:
        """Do it to each, in transactions of their own: one that is refused stops no other.

        Raises:
            DomainError: if nobody is chosen, too many are, or the act lacks its value.
        """
        self._check(order)
        lines: list[BulkLine] = []
        woken: list[ToWake] = []
        for target in self._targets(order):
            try:
                lines.append(self._done(order, target, woken))
            except CodedError as reason:
                lines.append(target.line(ok=False, text=str(reason)))
        for customer in dict.fromkeys(line.customer for line in lines if line.ok):
            self.worklist.refresh_customer(order.creditor, customer)
        return tuple(lines), tuple(woken)

    def _targets(self, order: BulkOrder) -> tuple[_Target, ...]:
        found = tuple(self._named(order))
        if not found:
            raise DomainError("choose at least one customer or invoice", field="customer")
        if len(found) > MOST_AT_ONCE:
            much = f"{len(found)} lines are more than {MOST_AT_ONCE} at once"
            raise DomainError(f"{much}; choose fewer", field="customer")
        return found

    def _named(self, order: BulkOrder) -> Iterator[_Target]:
        """Whom it is about, each once: customers as they are, or their open invoices."""
        chosen = dict.fromkeys(one for one in order.customers if one)
        rows = [self._row(order.creditor, number) for number in dict.fromkeys(order.numbers)]
        if order.act in OF_CUSTOMERS:
            of_rows = dict.fromkeys(row.customer for row in rows)
            yield from (_Target(customer) for customer in (chosen | of_rows))
            return
        known = {row.case_id: row for row in rows}
        for customer in chosen:
            ids = self.customers.to_wake(order.creditor, customer)
            known |= {row.case_id: row for row in self.cases.rows(ids)}
        yield from (_Target(row.customer, row) for row in known.values())

    def _row(self, creditor: str, number: str) -> CaseRow:
        row = self.cases.row(str(CaseId(creditor, number)))
        if row is None:
            raise DomainError(f"there is no invoice {number}", field="number")
        return row

    def _check(self, order: BulkOrder) -> None:
        """Refuse an act that could not be done to anybody, before it is done to the first."""
        if order.act in (BulkAct.SNOOZE, BulkAct.NOTE) and not order.value:
            raise DomainError("say until when, or what", field="value")
        if order.act is BulkAct.SNOOZE and order.morning <= self.clock():
            raise DomainError("choose a day that is still to come", field="value")
        if order.act is BulkAct.PAUSE and not order.reason:
            raise DomainError("say why it is paused", field="reason")
        self._check_word(order)

    def _check_word(self, order: BulkOrder) -> None:
        if order.act is BulkAct.CLASS and order.value not in CLASSES:
            raise DomainError(unknown_word(order.value, "class", CLASSES), field="value")
        names = [one.name for one in self.team.list(order.creditor)]
        if order.act is BulkAct.ASSIGN and order.value and order.value not in names:
            raise DomainError(unknown_word(order.value, "colleague", names), field="value")

    def _looked(self, order: BulkOrder, target: _Target) -> BulkLine:
        try:
            return target.line(ok=True, text=self._would(order, target))
        except CodedError as reason:
            return target.line(ok=False, text=str(reason))

    def _done(self, order: BulkOrder, target: _Target, woken: list[ToWake]) -> BulkLine:
        if target.row is None:
            self.customers.debtor(order.creditor, target.customer)
            self._do(order, target.customer)
            return target.line(ok=True, text="done")
        kind, body = self._message(order, target.row)
        answer, wake = self.say(target.row.case_id, kind, body)
        woken.append(wake)
        return target.line(ok=answer.accepted, text=answer.text)

    def _message(self, order: BulkOrder, row: CaseRow) -> tuple[MessageType, dict[str, Any]]:
        kind = SAID_TO_INVOICES[order.act]
        body = {"id": f"{order.id}/{row.number}", "by": order.by, "reason": order.reason}
        if order.act is BulkAct.PAUSE and order.value:
            body["date"] = order.value
        if order.act is BulkAct.SEND_NOW:
            body["ref"] = _next_letter(self._state(row))
        return kind, body

    def _state(self, row: CaseRow) -> CaseState:
        file = self.cases.file(row.case_id)
        if file is None:
            raise DomainError(f"there is no invoice {row.number}", field="number")
        return case_state(file, self.clock())

    def _judged(self, order: BulkOrder, row: CaseRow) -> str:
        """What would become of a message, before it is said."""
        state = self._state(row)
        kind, body = self._message(order, row)
        ground = ReadingGround(state.calendar, state.invoice.amount.currency)
        given = {name: value for name, value in body.items() if name != "id" and value}
        key = str(body["id"])
        wish = read_message(kind.value, given, key=key, heard_at=state.now, ground=ground)
        check_steering(state, wish)
        refusal = state.told(wish).folded.refused.get(key)
        if refusal:
            raise RefusedError(refusal.text)
        if order.act is BulkAct.SEND_NOW:
            return f"{body['ref']} leaves today"
        now = state.next_action
        return f"instead of: {now.step or now.do.value}, {now.why_at(state.now)}"

    def _would(self, order: BulkOrder, target: _Target) -> str:
        """What an act would do, or take the place of."""
        if target.row is not None:
            return self._judged(order, target.row)
        debtor = self.customers.debtor(order.creditor, target.customer)
        if order.act is BulkAct.ASSIGN:
            owner = self.team.owner(order.creditor, target.customer)
            return f"looked after by {owner or 'nobody'} now"
        if order.act is BulkAct.CLASS:
            return f"class {debtor.customer_class or 'by history'} now"
        return debtor.name or debtor.id

    def _do(self, order: BulkOrder, customer: str) -> None:
        creditor, by = order.creditor, order.by
        if order.act is BulkAct.ASSIGN:
            self.team.set_owner(creditor, customer, order.value)
        elif order.act is BulkAct.SNOOZE:
            self.worklist.snooze(creditor, customer, order.morning, by)
        elif order.act is BulkAct.NOTE:
            self.notes.add_note(creditor, customer, order.value, by=by)
        else:
            told = {"customer_class": order.value}
            self.customers.set_contact(creditor, customer, told, by=by)


def _next_letter(state: CaseState) -> str:
    """The letter that comes next."""
    action = state.next_action
    if action.do in MESSAGES_TO_DEBTOR and state.policy.step(action.step):
        return action.step
    raise RefusedError(f"no letter comes next: {action.why_at(state.now)}", field="ref")
