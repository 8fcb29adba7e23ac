"""Posts money of payment providers: only what they signed, each payment once, in any order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from activities.cases.hearing import hear
from activities.cases.session import Session
from activities.cases.waking import ToWake, to_wake
from activities.payments.posting import post
from activities.payments.returning import MoneyBack, take_back
from activities.ports.clock import Clock
from activities.ports.online.provider import NewsKind, PayNews
from activities.ports.ports import Ledger
from activities.ports.stores.page.online import OnlineOrder, OnlineOrderStore
from activities.ports.stores.payments import PaymentRow, PaymentStore
from domain.ids import CaseId, PaymentName
from domain.message_types import MessageType
from domain.money import Money
from domain.payments.allocation import PaymentIn
from domain.wire import ReceivedMessage


@dataclass(frozen=True, kw_only=True)
class OnlineMoneyService:
    """Lets cases hear of what was paid online, of what is on its way, and of what went back."""

    store: OnlineOrderStore
    ledger: Ledger
    payments: PaymentStore
    clock: Clock

    def order_of(self, provider: str, news: PayNews) -> OnlineOrder | None:
        """Find the order that news are about; None if they are about no payment of ours."""
        by_id = self.store.find(news.order) if news.order else None
        found = by_id or (self.store.by_payment(provider, news.payment) if news.payment else None)
        return found if found and found.provider == provider else None

    def take_in(self, order: OnlineOrder, news: PayNews) -> tuple[ToWake, ...]:
        """Take in signed news of an order; the same again, or in another order, is the same.

        Raises:
            BusyError: if somebody held the account too long; nothing was taken in.
        """
        acts = {
            NewsKind.PAID: self._paid,
            NewsKind.PENDING: self._pending,
            NewsKind.FAILED: self._failed,
            NewsKind.REFUNDED: self._refunded,
            NewsKind.WITHDRAWN: self._withdrawn,
            NewsKind.REINSTATED: self._reinstated,
        }
        return acts[news.kind](order, news, self.clock())

    def _paid(self, order: OnlineOrder, news: PayNews, now: datetime) -> tuple[ToWake, ...]:
        payment = order.payment or news.payment
        posted = post(self.ledger, _payment(order, news, payment, now), now)
        self.store.paid(order.id, payment)
        return posted.woken

    def _pending(self, order: OnlineOrder, news: PayNews, now: datetime) -> tuple[ToWake, ...]:
        """Money that is on its way is not chased."""
        ref = str(PaymentName(order.provider, news.payment))
        return self._said(order, MessageType.IN_FLIGHT, {"id": _flight(order), "ref": ref}, now)

    def _failed(self, order: OnlineOrder, _: PayNews, now: datetime) -> tuple[ToWake, ...]:
        """It does not come: the ladder goes on at once."""
        body = {"id": f"{_flight(order)}/failed", "ref": _flight(order)}
        return self._said(order, MessageType.IN_FLIGHT_FAILED, body, now)

    def _said(
        self, order: OnlineOrder, kind: MessageType, body: dict[str, str], now: datetime
    ) -> tuple[ToWake, ...]:
        told = json.dumps({**body, "by": order.provider})
        heard = ReceivedMessage(kind=kind.value, body=told, key=body["id"], keyed=True)
        woken = []
        with self.ledger.account(order.creditor, order.customer) as account:
            for case_id in order.cases:
                session = Session(account, case_id, now)
                hear(session, (heard,))
                session.keep()
                woken.append(to_wake(session))
        return tuple(woken)

    def _reinstated(self, order: OnlineOrder, news: PayNews, now: datetime) -> tuple[ToWake, ...]:
        again = _payment(order, news, f"{news.ref}-reinstated", now)
        return post(self.ledger, again, now).woken

    def _refunded(self, order: OnlineOrder, news: PayNews, now: datetime) -> tuple[ToWake, ...]:
        """Refunds are told as one growing sum, so that their order does not matter."""
        total = (news.amount or order.amount).minor
        if total <= order.refunded:
            return ()
        more = Money(total - order.refunded, order.amount.currency)
        woken = self._back(order, news, f"refunded-{total}", more, now)
        self.store.refunded(order.id, total)
        return woken

    def _withdrawn(self, order: OnlineOrder, news: PayNews, now: datetime) -> tuple[ToWake, ...]:
        return self._back(order, news, f"withdrawn-{news.ref}", news.amount or order.amount, now)

    def _back(
        self, order: OnlineOrder, news: PayNews, what: str, amount: Money, now: datetime
    ) -> tuple[ToWake, ...]:
        found, first = self._posted(order, news, now)
        if found is None:
            return first
        back = MoneyBack(
            key=f"{found.payment.key}/{what}", amount=amount, note=news.kind, by=order.provider
        )
        return (*first, *take_back(self.ledger, found, back, now))

    def _posted(
        self, order: OnlineOrder, news: PayNews, now: datetime
    ) -> tuple[PaymentRow | None, tuple[ToWake, ...]]:
        """The payment that money goes back of; posted first, where that news comes later."""
        payment, woken = order.payment or news.payment, tuple[ToWake, ...]()
        if not order.payment:
            paid = PayNews(kind=NewsKind.PAID, payment=payment, at=news.at)
            woken = self._paid(order, paid, now)
        return self.payments.payment(order.creditor, order.provider, payment), woken


def _payment(order: OnlineOrder, news: PayNews, payment: str, now: datetime) -> PaymentIn:
    return PaymentIn(
        creditor=order.creditor,
        source=order.provider,
        id=payment,
        customer=order.customer,
        amount=news.amount or order.amount,
        at=min(news.at, now),
        invoices=tuple(CaseId.parse(case).number for case in order.cases),
    )


def _flight(order: OnlineOrder) -> str:
    return f"online/{order.id}"
