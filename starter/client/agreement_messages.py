"""What people agree on, as the clients say it: promises, instalment plans, offers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from domain.message_types import MessageType
from domain.money import Money
from starter.client.money_messages import MoneyMessages, TypedAnswer, message_body


class MessageSent(TypedDict, total=False):
    """What may be said beside the facts of an agreement.

    Attributes:
        message_id: your own id of it; said twice, it counts once.
        by: who promised, or who recorded it.
        channel: how it was said: email, phone, letter …
        approved_by: the supervisor who allowed what the policy leaves to one.
        note: free text for people.
    """

    message_id: str
    by: str
    channel: str
    approved_by: str
    note: str


class Instalments(TypedDict, total=False):
    """The parts of a plan: written out, or equal ones.

    Attributes:
        parts: each with its day and amount.
        every: ``week`` or ``month``.
        count: how many.
        first: the day of the first one.
        amount: of each; the last one is what is left.
    """

    parts: Iterable[tuple[date, Money]]
    every: str
    count: int
    first: date
    amount: Money


class AgreementMessages(MoneyMessages[TypedAnswer]):
    """The words of a collector who agrees on something.

    Each answers the instant of the (first) check, and what happens then if it is not kept.
    """

    def record_promise(
        self, case_id: str, day: date, amount: Money | None = None, **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """The customer promised to pay by a day; all that is open unless an amount is given."""
        return self._agree(case_id, MessageType.PROMISE, {"date": day}, said, amount)

    def propose_plan(
        self, case_id: str, plan: Instalments, **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """An instalment plan is proposed; it holds nothing until it is agreed on."""
        return self._agree(
            case_id, MessageType.PLAN_PROPOSED, _parts(plan), said, plan.get("amount")
        )

    def agree_plan(
        self,
        case_id: str,
        plan: Instalments | None = None,
        *,
        ref: str = "",
        **said: Unpack[MessageSent],
    ) -> TypedAnswer:
        """The customer accepted a plan in writing: this one, the one of ``ref``, or the last."""
        parts = _parts(plan) if plan else {}
        each = plan.get("amount") if plan else None
        return self._agree(case_id, MessageType.PLAN_AGREED, parts | {"ref": ref}, said, each)

    def end_plan(self, case_id: str, *, ref: str = "", **said: Unpack[MessageSent]) -> TypedAnswer:
        """A plan is given up; the ladder goes on where it stood."""
        return self._agree(case_id, MessageType.PLAN_ENDED, {"ref": ref}, said)

    def offer_settlement(
        self, case_id: str, until: date, amount: Money | None = None, **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """The amount settles it all if it comes by a day; without one the costs are let go."""
        facts: dict[str, object] = {"date": until, "reason": "" if amount else "costs"}
        return self._agree(case_id, MessageType.SETTLEMENT, facts, said, amount)

    def confirm_agreement(
        self, case_id: str, *, ref: str = "", **said: Unpack[MessageSent]
    ) -> TypedAnswer:
        """The customer accepted an agreement in writing: that of ``ref``, or the last one."""
        return self._agree(case_id, MessageType.AGREEMENT_CONFIRMED, {"ref": ref}, said)

    def _agree(
        self,
        case_id: str,
        kind: MessageType,
        facts: dict[str, object],
        said: MessageSent,
        amount: Money | None = None,
    ) -> TypedAnswer:
        stated = {name: value for name, value in said.items() if name != "message_id"}
        body = message_body(said.get("message_id", ""), amount)
        for name, value in (facts | stated).items():
            if value:
                body[name] = value.isoformat() if isinstance(value, date) else value
        return self.say(case_id, kind, body)


def _parts(plan: Instalments) -> dict[str, object]:
    written = [
        {"date": day.isoformat(), "amount": money.plain} for day, money in plan.get("parts", ())
    ]
    return {
        "instalments": written,
        "every": plan.get("every"),
        "count": plan.get("count"),
        "date": plan.get("first"),
    }
