"""What of an account concerns every invoice: money, surpluses, rests, openings, bank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import array

from adapters.ledger.core.sql import among
from adapters.ledger.payments.accounts import balances
from adapters.ledger.tables.bank import bank_account, bank_entry, bank_proposal
from adapters.ledger.tables.cases import case_file
from domain.parties.customer import OPENINGS_REMEMBERED, InvoiceShare
from domain.payments.allocation import PaymentKind
from domain.policy.model import PerCurrency

_C = case_file.c
_SHARE = "share"
_OPENING = "opening"
_UNCLEAR = "unclear"
_BANK = "bank"
_MEANS_ANYTHING = (_C.spare > 0) | (_C.small_rest > 0)
_MINE = (_C.creditor == bindparam("of_creditor")) & (_C.customer == bindparam("of_customer"))


_O = case_file.alias("newer").c


def _is_recent(newest: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a case was opened shortly before its customer's newest one, or is that one."""
    return _C.opened_at > newest - literal(OPENINGS_REMEMBERED)


# Of one customer it is asked once: beside each of its invoices it would be asked for each anew.
_NEWEST = (
    select(func.max(_O.opened_at))
    .where(_O.creditor == bindparam("of_creditor"), _O.customer == bindparam("of_customer"))
    .scalar_subquery()
)


# A file of thousands is opened within minutes: the first and the last of each tell all.
_MINUTE = func.date_trunc("minute", _C.opened_at)
_FIRST_AND_LAST = func.unnest(array([func.min(_C.opened_at), func.max(_C.opened_at)]))

# Money of which it is asked whether it is this customer's: each entry once.
_B, _P, _K = bank_entry.c, bank_proposal.c, bank_account.c
_ASKED = select(_P.entry).where(
    _P.creditor == bindparam("of_creditor"), _P.customer == bindparam("of_customer")
)
# The oldest of the days up to which the creditor's accounts are known, as days since year 1.
_KNOWN_UNTIL = func.min(_K.known_until - literal(date.min)) + 1

# One statement, built once: it is asked before every decision.
_LEFT = balances().subquery()
_NEVER = cast(null(), DateTime(timezone=True))
_ACCOUNT = union_all(
    select(
        cast(_LEFT.c.kind, String).label("what"),
        _LEFT.c.currency,
        _LEFT.c.left.label("minor"),
        literal("").label("case_id"),
        literal(0).label("rest"),
        _NEVER.label("since"),
    ),
    select(literal(_SHARE), _C.currency, _C.spare, _C.case_id, _C.small_rest, _C.small_since).where(
        _MINE, _MEANS_ANYTHING
    ),
    select(literal(_OPENING), literal(""), literal(0), literal(""), literal(0), _FIRST_AND_LAST)
    .where(_MINE, _is_recent(_NEWEST))
    .group_by(_MINUTE),
    select(literal(_UNCLEAR), _B.currency, func.sum(_B.amount), literal(""), literal(0), _NEVER)
    .where(_B.creditor == bindparam("of_creditor"), _B.id.in_(_ASKED))
    .group_by(_B.currency),
    select(literal(_BANK), literal(""), _KNOWN_UNTIL, literal(""), literal(0), _NEVER)
    .where(_K.creditor == bindparam("of_creditor"), _K.is_active)
    .having(func.count() > 0),
).order_by("what", "currency", "case_id")


class OfAccount(TypedDict):
    """The fields of a customer that follow from its account."""

    unallocated: PerCurrency
    credit_notes: PerCurrency
    shares: tuple[InvoiceShare, ...]
    openings: tuple[datetime, ...]
    unclear: PerCurrency
    bank_day: date | None


def account_of(connection: Connection, creditor: str, customer: str) -> OfAccount:
    """Read what of a customer's account concerns every invoice, in one query."""
    given = {"of_creditor": creditor, "of_customer": customer}
    rows = connection.execute(_ACCOUNT, given).all()
    left = {
        kind: tuple((row.currency, int(row.minor)) for row in rows if row.what == kind)
        for kind in PaymentKind
    }
    shares = sorted((_share(row) for row in rows if row.what == _SHARE), key=_by_case)
    return OfAccount(
        unallocated=left[PaymentKind.PAYMENT],
        credit_notes=left[PaymentKind.CREDIT_NOTE],
        shares=tuple(shares),
        openings=tuple(sorted({row.since for row in rows if row.what == _OPENING})),
        unclear=tuple((row.currency, int(row.minor)) for row in rows if row.what == _UNCLEAR),
        bank_day=next((date.fromordinal(int(r.minor)) for r in rows if r.what == _BANK), None),
    )


def shares_of(
    connection: Connection, creditor: str, customers: Sequence[str]
) -> dict[str, tuple[InvoiceShare, ...]]:
    """List what single invoices of many customers mean for their others, by customer and case."""
    c = case_file.c
    named = (c.customer, c.case_id, c.currency, c.spare.label("minor"))
    query = select(*named, c.small_rest.label("rest"), c.small_since.label("since"))
    mine = query.where(c.creditor == creditor, among(c.customer, customers), _MEANS_ANYTHING)
    found: dict[str, tuple[InvoiceShare, ...]] = {}
    for row in connection.execute(mine.order_by(c.case_id)):
        found[row.customer] = (*found.get(row.customer, ()), _share(row))
    return found


def openings_of(
    connection: Connection, creditor: str, customers: Sequence[str]
) -> dict[str, tuple[datetime, ...]]:
    """List when the newest invoices of many customers were opened, by customer."""
    each = select(_O.customer, func.max(_O.opened_at).label("at")).group_by(_O.customer)
    newest = each.where(_O.creditor == creditor, among(_O.customer, customers)).subquery()
    query = (
        select(_C.customer, _FIRST_AND_LAST.label("at"))
        .join_from(newest, case_file, _C.customer == newest.c.customer)
        .where(_C.creditor == creditor, _is_recent(newest.c.at))
    )
    found: dict[str, set[datetime]] = {}
    for row in connection.execute(query.group_by(_C.customer, _MINUTE)):
        found.setdefault(row.customer, set()).add(row.at)
    return {customer: tuple(sorted(instants)) for customer, instants in found.items()}


def _share(row: Any) -> InvoiceShare:
    return InvoiceShare(
        case=row.case_id,
        currency=row.currency,
        surplus=int(row.minor),
        rest=row.rest,
        since=row.since if row.rest else None,
    )


def _by_case(share: InvoiceShare) -> str:
    return share.case
