"""Versions of policies: which are in use, which was chosen for whom, and who follows which."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    bindparam,
    exists,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from activities.ports.stores.policies import BY_INVOICE, PolicyScope, Version
from adapters.ledger.cases.cases import put_policy
from adapters.ledger.core import codec
from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file, message, policy, policy_choice
from domain.message_types import MessageType
from domain.policy.model import Policy

_C, _P, _K = case_file.c, policy.c, policy_choice.c
_CHOSEN = (
    select(_P.body)
    .join(policy_choice)
    .where(_K.creditor == bindparam("creditor"), _K.customer.in_([bindparam("customer"), ""]))
    .order_by(_K.customer.desc())
    .limit(1)
)


def policy_for(engine: Engine, creditor: str, customer: str) -> Policy | None:
    """Read the policy chosen for a customer's new cases, else for the creditor's."""
    with reading(engine) as connection:
        return chosen_policy(connection, creditor, customer)


def chosen_policy(connection: Connection, creditor: str, customer: str) -> Policy | None:
    """Read the chosen policy within a transaction."""
    given = {"creditor": creditor, "customer": customer}
    body = connection.execute(_CHOSEN, given).scalar_one_or_none()
    return codec.read_policy(body) if body else None


def choices(engine: Engine, creditor: str) -> dict[str, Policy]:
    """Read the policies chosen for new cases, by customer; ``""`` is the creditor's own."""
    query = select(_K.customer, _P.body).join(policy).where(_K.creditor == creditor)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return {row.customer: codec.read_policy(row.body) for row in rows}


def choose_policy(engine: Engine, scope: PolicyScope, chosen: Policy, by: str) -> str:
    """Choose the policy of new cases for a creditor or one of its customers; answers its SHA."""
    with engine.begin() as connection:
        sha = put_policy(connection, chosen)
        row = insert(policy_choice).values(
            creditor=scope.creditor, customer=scope.customer, policy_sha=sha, by_whom=by
        )
        fresh = {"policy_sha": sha, "by_whom": by, "recorded_at": func.clock_timestamp()}
        key = ["creditor", "customer"]
        connection.execute(row.on_conflict_do_update(index_elements=key, set_=fresh))
    return sha


def movable(
    engine: Engine, scope: PolicyScope, sha: str, after: str = "", limit: int = 500
) -> list[str]:
    """List cases that follow another version and would move, by id, a page at a time."""
    query = select(_C.case_id).where(_of(scope), _C.policy_sha != sha, _C.case_id > after)
    own = [] if scope.number or scope.also_own else [~_kept(scope)]
    with reading(engine) as connection:
        found = connection.execute(query.where(*own).order_by(_C.case_id).limit(limit))
        return list(found.scalars())


def kept(engine: Engine, scope: PolicyScope, sha: str) -> int:
    """Count the cases that stay: their invoice or customer was given its own policy."""
    if scope.number or scope.also_own:
        return 0
    query = select(func.count()).where(_of(scope), _C.policy_sha != sha, _kept(scope))
    with reading(engine) as connection:
        return connection.execute(query.select_from(case_file)).scalar_one()


def _of(scope: PolicyScope) -> ColumnElement[bool]:
    """The cases of a scope that are looked after, as a condition."""
    mine = (_C.creditor == scope.creditor) & (_C.outcome == "")
    if scope.customer:
        mine &= _C.customer == scope.customer
    return mine & (_C.number == scope.number) if scope.number else mine


def _kept(scope: PolicyScope) -> ColumnElement[bool]:
    """What is nearer wins: an invoice's own policy, then its customer's, then the creditor's."""
    m = message.c
    given = (m.kind == MessageType.POLICY_CHANGED.value) & (m.reason == BY_INVOICE)
    later = exists().where(m.case_id == _C.case_id, given, m.ref == _C.policy_sha)
    by_invoice = _C.own_policy | later
    if scope.customer:
        return by_invoice
    chosen = (_K.creditor == _C.creditor) & (_K.customer == _C.customer) & (_K.customer != "")
    return by_invoice | exists().where(chosen)


def versions(engine: Engine, creditor: str = "") -> tuple[Version, ...]:
    """List every version that a case follows or that was chosen, newest first."""
    whose = [_C.creditor == creditor] if creditor else []
    counted = (
        select(
            _C.policy_sha,
            func.count().label("cases"),
            func.count().filter(_C.outcome == "").label("running"),
        )
        .where(*whose)
        .group_by(_C.policy_sha)
        .subquery()
    )
    with reading(engine) as connection:
        chosen = _chosen(connection, creditor)
        rows = connection.execute(_versions(counted, list(chosen))).mappings().all()
    return tuple(Version(**row, chosen=tuple(chosen.get(row["sha256"], ()))) for row in rows)


def _versions(counted: Any, chosen: list[str]) -> Select[Any]:
    cases, running = func.coalesce(counted.c.cases, 0), func.coalesce(counted.c.running, 0)
    return (
        select(_P.sha256, _P.name, _P.created_at, running.label("running"), cases.label("cases"))
        .outerjoin(counted, counted.c.policy_sha == _P.sha256)
        .where(counted.c.policy_sha.is_not(None) | _P.sha256.in_(chosen))
        .order_by(_P.created_at.desc(), _P.sha256)
    )


def _chosen(connection: Connection, creditor: str) -> dict[str, list[str]]:
    whose = [_K.creditor == creditor] if creditor else []
    found: dict[str, list[str]] = {}
    query = select(policy_choice).where(*whose).order_by(_K.creditor, _K.customer)
    for row in connection.execute(query).mappings():
        name = "/".join(part for part in (row["creditor"], row["customer"]) if part)
        found.setdefault(row["policy_sha"], []).append(name)
    return found


def find_policy(engine: Engine, sha: str) -> tuple[tuple[str, Policy], ...]:
    """Find the versions whose SHA-256 begins like that, at most two."""
    query = select(_P.sha256, _P.body).where(_P.sha256.startswith(sha, autoescape=True)).limit(2)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return tuple((row.sha256, codec.read_policy(row.body)) for row in rows)


def sha_of(chosen: Policy) -> str:
    """Compute the SHA-256 by which the ledger knows a policy."""
    return codec.write_policy(chosen)[0]
