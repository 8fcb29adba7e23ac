"""The credit of customers: how it stands, what it follows from, each change."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from activities.ports.stores.customers import CreditPage
from adapters.ledger.core import codec
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file, policy
from adapters.ledger.tables.people import account, credit_change
from domain.credit.model import Credit, CreditChange, Standing
from domain.policy.model import CREDIT_RULES, CreditRules, PerCurrency

_C, _A, _H = case_file.c, account.c, credit_change.c
# Not named as the columns are: an update keeps those names for itself.
_CREDITOR: BindParameter[str] = bindparam("of_creditor")
_CUSTOMER: BindParameter[str] = bindparam("of_customer")
_CASES = (_C.creditor == _CREDITOR) & (_C.customer == _CUSTOMER)
_CHANGES = (_H.creditor == _CREDITOR) & (_H.customer == _CUSTOMER)
_MINE = (_A.creditor == _CREDITOR) & (_A.customer == _CUSTOMER)
_BY_HAND = select(_H.after, _H.at).where(_CHANGES, _H.case_id == "").order_by(_H.id.desc()).limit(1)
_BROKEN = select(func.coalesce(func.sum(_C.credit_hold), 0)).where(_CASES, _C.credit_hold > 0)
_NEWEST = select(func.coalesce(func.max(_H.id), 0)).where(_CHANGES)


def credit_standing(
    connection: Connection, creditor: str, customer: str, tolerance: PerCurrency
) -> Standing:
    """Read the facts that the credit follows from, in one query that only uses indexes."""
    row = connection.execute(_standing(tolerance), _who(creditor, customer)).one()
    by_hand = row.said not in (None, Credit.OK.value)
    return Standing(
        credit=Credit(row.credit),
        holding=row.holding,
        broken=int(row.broken),
        owing=row.owing,
        by_hand=by_hand,
        freed_at=None if by_hand else row.said_at,
        number=row.number,
    )


@lru_cache(maxsize=64)
def _standing(tolerance: PerCurrency) -> Select[Any]:
    hand = _BY_HAND.subquery()
    return select(
        _A.credit,
        exists().where(_CASES, _C.credit_hold.is_not(None)).label("holding"),
        _BROKEN.scalar_subquery().label("broken"),
        exists().where(_CASES, _C.outcome == "", ~_C.withdrawn, _owed(tolerance)).label("owing"),
        select(hand.c.after).scalar_subquery().label("said"),
        select(hand.c.at).scalar_subquery().label("said_at"),
        _NEWEST.scalar_subquery().label("number"),
    ).where(_MINE)


def _owed(tolerance: PerCurrency) -> ColumnElement[bool]:
    """Something is open that is not too small to be chased."""
    small = [and_(_C.currency == code, _C.open < minor) for code, minor in tolerance]
    return and_(_C.open > 0, ~or_(*small)) if small else _C.open > 0


def change(connection: Connection, creditor: str, customer: str, new: CreditChange) -> int:
    """Keep a change for ever and the account as it is now; answers the change's number."""
    kept = update(account).where(_MINE).values(credit=new.after.value)
    connection.execute(kept, _who(creditor, customer))
    row = insert(credit_change).values(
        creditor=creditor,
        customer=customer,
        at=new.at,
        before=new.before.value,
        after=new.after.value,
        why=new.why,
        case_id=new.case,
        by_whom=new.by,
    )
    number: int = connection.execute(row.returning(_H.id)).scalar_one()
    return number


def credit_page(engine: Engine, creditor: str, customer: str, most: int = 20) -> CreditPage:
    """Read a customer's credit without any lock; ok for a customer who is not known."""
    who = _who(creditor, customer)
    newest = select(credit_change).where(_CHANGES).order_by(_H.id.desc()).limit(most)
    with reading(engine) as connection:
        status = connection.execute(select(_A.credit).where(_MINE), who).scalar_one_or_none()
        rows = connection.execute(newest, who).mappings().all()
        rules = _rules(connection, next((row["case_id"] for row in rows if row["case_id"]), ""))
    changes = tuple(
        CreditChange(
            at=row["at"],
            before=Credit(row["before"]),
            after=Credit(row["after"]),
            why=row["why"],
            case=row["case_id"],
            by=row["by_whom"],
        )
        for row in rows
    )
    return CreditPage(credit=Credit(status or Credit.OK.value), rules=rules, changes=changes)


def _rules(connection: Connection, case_id: str) -> CreditRules:
    """The terms of the policy by which the last change came about."""
    body = select(policy.c.body).join(case_file).where(_C.case_id == case_id)
    found = connection.execute(body).scalar_one_or_none()
    return codec.read_policy(found).credit if found else CREDIT_RULES


def _who(creditor: str, customer: str) -> dict[str, str]:
    return {"of_creditor": creditor, "of_customer": customer}
