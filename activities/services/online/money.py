"""Posts money of payment providers: only what they signed or answered, each payment once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from activities.cases.hearing import hear
from activities.cases.session import Session
from activities.cases.waking import ToWake, to_wake
from activities.payments.posting import post
from activities.payments.returning import MoneyBack, take_back, was_taken_back
from activities.ports.clock import Clock
from activities.ports.online.provider import AskedProvider, NewsKind, PayNews
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

    def ask(self, provider: AskedProvider, order: OnlineOrder) -> tuple[ToWake, ...]:
        """Ask a provider how an order stands, and take in all of it.

        Raises:
            PayUnavailableError: if it does not answer.
            BusyError: if somebody held the account too long; the rest was not taken in.
        """
        woken = list[ToWake]()
        for news in provider.look(order.reference):
            found = self.order_of(provider.name, news)
            if found and found.id == order.id:
                woken.extend(self.take_in(found, news))
        return tuple(woken)

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
            NewsKind.REFUND_FAILED: self._refund_failed,
            NewsKind.ENDED: self._ended,
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

    def _ended(self, order: OnlineOrder, news: PayNews, now: datetime) -> tuple[ToWake, ...]:
        """Nothing is paid there any more; money that was announced does not come."""
        self.store.ended(order.id, now)
        return self._failed(order, news, now) if self._is_awaited(order, now) else ()

    def _is_awaited(self, order: OnlineOrder, now: datetime) -> bool:
        with self.ledger.account(order.creditor, order.customer) as account:
            return any(
                pending.key == _flight(order)
                for case_id in order.cases
                for pending in Session(account, case_id, now).case.pending_payments
            )

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
        """Refunds are told one by one, or as one growing sum: their order does not matter."""
        if news.ref:
            amount = news.amount or order.amount
            return self._back(order, news, _refund(news.ref), amount, now)
        total = news.amount or order.amount
        if total.minor <= order.refunded:
            return ()
        woken = self._back(order, news, f"refunded-{total.minor}", total, now, growing="refunded-")
        self.store.refunded(order.id, total.minor)
        return woken

    def _refund_failed(
        self, order: OnlineOrder, news: PayNews, now: datetime
    ) -> tuple[ToWake, ...]:
        """What was given back did not arrive there: it is the creditor's again, if it had gone."""
        payment = order.payment or news.payment
        found = self.payments.payment(order.creditor, order.provider, payment)
        key = f"{found.payment.key}/{_refund(news.ref)}" if found else ""
        if found is None or not was_taken_back(self.ledger, found, key, now):
            return ()
        again = _payment(order, news, f"{news.ref}-kept", now)
        return post(self.ledger, again, now).woken

    def _withdrawn(self, order: OnlineOrder, news: PayNews, now: datetime) -> tuple[ToWake, ...]:
        return self._back(order, news, f"withdrawn-{news.ref}", news.amount or order.amount, now)

    def _back(  # noqa: PLR0913 - what went back, and when
        self,
        order: OnlineOrder,
        news: PayNews,
        what: str,
        amount: Money,
        now: datetime,
        *,
        growing: str = "",
    ) -> tuple[ToWake, ...]:
        found, first = self._posted(order, news, now)
        if found is None:
            return first
        name = found.payment.key
        back = MoneyBack(
            key=f"{name}/{what}",
            amount=amount,
            note=news.kind,
            by=order.provider,
            growing=f"{name}/{growing}" if growing else "",
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


def _refund(ref: str) -> str:
    return f"refunded-{ref}"


def _flight(order: OnlineOrder) -> str:
    return f"online/{order.id}"
