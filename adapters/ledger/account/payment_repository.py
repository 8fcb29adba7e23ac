"""The money of one account in PostgreSQL: payments, what cases took of them, what went back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from activities.ports.money_types import OnAccount, Refund
from activities.ports.types import ConflictError
from adapters.ledger.account.scope import AccountScope
from adapters.ledger.core.codec import payment_content
from adapters.ledger.core.sql import added
from adapters.ledger.payments.accounts import payment_of, rest_of_payment
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.money import payment as payment_table
from adapters.ledger.tables.money import payment_part, payment_refund
from domain.errors import InvalidError
from domain.ids import PaymentKey
from domain.money import Money, round_minor
from domain.payments.allocation import Allocation, OpenClaim, PaymentIn

_C, _P, _Q, _R = case_file.c, payment_table.c, payment_part.c, payment_refund.c
_PART = insert(payment_part).on_conflict_do_nothing()
_PAID_BY = (_P.creditor == _Q.creditor) & (_P.source == _Q.source) & (_P.id == _Q.id)
_BACK_OF = (_P.creditor == _R.creditor) & (_P.source == _R.source) & (_P.id == _R.id)


class SqlPayments:
    """The money of one account."""

    def __init__(self, scope: AccountScope) -> None:
        self._scope = scope

    def claims(self, day: date, cases: Sequence[str] | None = None) -> tuple[OpenClaim, ...]:
        """List what is open on a value date: of those cases, in that order, else of all.

        Costs that are still chased when the principal is settled are open, too.
        Asked of the figures that every fold keeps, so that an account of thousands of invoices
        takes one query and not thousands of folds.
        """
        scope = self._scope
        mine = (_C.creditor == scope.creditor) & (_C.customer == scope.customer_id)
        query = select(case_file).where(mine)
        if cases is None:
            still = query.where(_C.open + _C.costs_left > 0, ~_C.withdrawn)
            query = still.order_by(_C.due, _C.case_id)
        else:
            query = query.where(_C.case_id.in_(cases))
        rows = scope.connection.execute(query).mappings()
        found = {row["case_id"]: _claim(row, day) for row in rows}
        return tuple(found[case] for case in (found if cases is None else cases) if case in found)

    def add(self, payment: PaymentIn, parts: tuple[Allocation, ...]) -> bool:
        """Record a payment and its parts; False if it is there with the same content.

        What no part takes is unallocated.

        Raises:
            ConflictError: if its id is there with other content.
            InvalidError: if it is not more than zero, or not in its cases' currency.
            ValueError: if the parts are more than the payment.
        """
        scope = self._scope
        scope.refuse_another(payment.creditor, payment.customer)
        for part in parts:
            _fits(part, scope.currency_of(part.case))
        _check_parts(payment, parts)
        if sum(part.amount.minor for part in parts) < payment.amount.minor:
            scope.money_came()
        content = payment_content(payment)
        row = _key(payment) | _row(payment)
        if not added(scope.unflushed, payment_table, **row, content_sha=content):
            self._refuse_other_content(payment, content)
            return False
        self._let_take(payment, parts, "")
        return True

    def parts_of(self, payment: PaymentIn) -> tuple[Allocation, ...]:
        """Read how a recorded payment was allocated, by case id."""
        self._scope.refuse_another(payment.creditor, payment.customer)
        query = select(_Q.case_id, _Q.amount, _P.currency).join(payment_table, _PAID_BY)
        mine = query.where(_is(payment), _Q.allocation == "").order_by(_Q.case_id)
        rows = self._scope.unflushed.execute(mine).all()
        return tuple(Allocation(case=r.case_id, amount=Money(r.amount, r.currency)) for r in rows)

    def held(self, source: str, payment_id: str) -> OnAccount | None:
        """Read a payment of this account with what is left of it; None if there is none."""
        scope = self._scope
        mine = (_P.creditor == scope.creditor) & (_P.customer == scope.customer_id)
        query = select(payment_table, rest_of_payment()).where(mine)
        query = query.where(_P.source == source, _P.id == payment_id)
        row = scope.unflushed.execute(query).mappings().one_or_none()
        if row is None:
            return None
        return OnAccount(payment=payment_of(row), rest=Money(int(row["rest"]), row["currency"]))

    def allocated(self, allocation: str) -> tuple[tuple[str, Allocation], ...]:
        """Read what an allocation moved before: the payment's key and each part."""
        named = (_P.kind, _P.source, _P.id, _P.currency, _Q.case_id, _Q.amount)
        query = select(*named).join_from(payment_part, payment_table, _PAID_BY)
        mine = query.where(_Q.creditor == self._scope.creditor, _Q.allocation == allocation)
        return tuple(
            (
                str(PaymentKey(r.kind, r.source, r.id)),
                Allocation(r.case_id, Money(r.amount, r.currency)),
            )
            for r in self._scope.unflushed.execute(mine.order_by(_Q.case_id)).all()
        )

    def add_parts(self, payment: PaymentIn, parts: tuple[Allocation, ...], allocation: str) -> None:
        """Let cases take parts of what is left of a payment."""
        self._let_take(payment, parts, allocation)

    def add_refund(self, payment: PaymentIn, refund: Refund) -> bool:
        """Record that money on the account was given back; False if it is there, the same.

        Raises:
            ConflictError: if its id is there with other content.
        """
        connection = self._scope.unflushed
        values = {"refund": refund.id, "amount": refund.amount.minor, "at": refund.at}
        words = {"note": refund.note, "by_whom": refund.by}
        if added(connection, payment_refund, **_key(payment), **values, **words):
            self._scope.money_came()
            return True
        known = select(_R.source, _R.id, _R.amount).where(
            _R.creditor == payment.creditor, _R.refund == refund.id
        )
        said = (payment.source, payment.id, refund.amount.minor)
        if tuple(connection.execute(known).one()) != said:
            raise ConflictError(f"refund {refund.id!r} was used before with other content")
        return False

    def refunded(self, refund: str) -> Money | None:
        """Read what a refund gave back before; None if there is no such refund."""
        query = select(_R.amount, _P.currency).join_from(payment_refund, payment_table, _BACK_OF)
        mine = query.where(_R.creditor == self._scope.creditor, _R.refund == refund)
        row = self._scope.unflushed.execute(mine).one_or_none()
        return Money(row.amount, row.currency) if row else None

    def refunds_of(self, source: str, payment_id: str) -> tuple[str, ...]:
        """List the ids of what was given back of a payment of this creditor's."""
        mine = (_R.creditor == self._scope.creditor, _R.source == source, _R.id == payment_id)
        return tuple(self._scope.unflushed.execute(select(_R.refund).where(*mine)).scalars())

    def _let_take(self, payment: PaymentIn, parts: tuple[Allocation, ...], allocation: str) -> None:
        if parts:
            key = _key(payment) | {"allocation": allocation}
            rows = [key | {"case_id": part.case, "amount": part.amount.minor} for part in parts]
            self._scope.unflushed.execute(_PART, rows)
            self._scope.money_came()

    def _refuse_other_content(self, payment: PaymentIn, content: str) -> None:
        known = select(_P.content_sha).where(_is(payment))
        if self._scope.unflushed.execute(known).scalar_one() != content:
            raise ConflictError(
                f"payment {payment.id!r} from {payment.source!r} was recorded before with another "
                "customer, amount or invoice; correct it by a reversal and a new payment"
            )


def _claim(row: RowMapping, day: date) -> OpenClaim:
    return OpenClaim(
        case=row["case_id"],
        open=Money(row["open"] + row["costs_left"], row["currency"]),
        due=row["due"],
        amount=row["amount"],
        disputed=row["disputed"],
        keeps_back=_keeps_back(row, day),
    )


def _keeps_back(row: RowMapping, day: date) -> int:
    """The discount that money of this day can still earn, as a share of a corrected amount."""
    last = row["discount_day"] or row["discount_until"]
    if not row["discount"] or not last or last < day:
        return 0
    first = row["first_amount"] or row["amount"]
    share = Fraction(row["discount"] * row["amount"], first)
    is_open: int = row["open"]
    return min(is_open, round_minor(share, row["currency"]).minor)


def _key(payment: PaymentIn) -> dict[str, Any]:
    return {"creditor": payment.creditor, "source": payment.source, "id": payment.id}


def _is(payment: PaymentIn) -> ColumnElement[bool]:
    mine = (_P.creditor == payment.creditor) & (_P.source == payment.source)
    return mine & (_P.id == payment.id)


def _row(payment: PaymentIn) -> dict[str, Any]:
    return {
        "customer": payment.customer,
        "currency": payment.amount.currency,
        "amount": payment.amount.minor,
        "at": payment.at,
        "invoices": list(payment.invoices),
        "note": payment.note,
        "kind": payment.kind,
    }


def _fits(part: Allocation, currency: str) -> None:
    if part.amount.currency != currency:
        raise InvalidError(f"{part.amount} does not fit an invoice in {currency}", field="currency")


def _check_parts(payment: PaymentIn, parts: tuple[Allocation, ...]) -> None:
    if payment.amount.minor <= 0:
        raise InvalidError(f"the amount {payment.amount} must be more than zero", field="amount")
    currencies = {part.amount.currency for part in parts} | {payment.amount.currency}
    if len(currencies) > 1:
        raise ValueError(f"{payment.key}: a part is in another currency than the payment")
    if sum(part.amount.minor for part in parts) > payment.amount.minor:
        raise ValueError(f"{payment.key}: its parts are more than the {payment.amount} that came")
