"""The collectors' team of a creditor: who is there, who owns which customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from adapters.ledger.core.engine import reading
from adapters.ledger.tables.cases import case_file
from adapters.ledger.tables.desk import task
from adapters.ledger.tables.gateway import colleague
from adapters.ledger.tables.people import account
from domain.ids import CaseId
from domain.parties.tasks import TaskState
from domain.parties.team import (
    Colleague,
    Role,
    Team,
    deputy_note,
    is_present,
    steps_in,
    takes_up,
    who,
    with_one_more,
)

_C, _T = colleague.c, task.c


def _of_creditor(creditor: ColumnElement[str]) -> ColumnElement[bool]:
    return func.starts_with(_T.case_id, func.concat(f"{CaseId.KIND}/", creditor, "/"))


def _team() -> Select[tuple[str, str, bool, int]]:
    held = (_T.owner == _C.name) & (_T.status == TaskState.OPEN) & _of_creditor(_C.creditor)
    return (
        select(_C.name, _C.role, _C.away, func.count(_T.key).label("load"))
        .outerjoin(task, held)
        .where(_C.creditor == bindparam("creditor"))
        .group_by(_C.name, _C.role, _C.away)
        .order_by(_C.role, _C.name)
    )


# Built once: putting a query together costs more than asking it.
_TEAM = _team()
_STAFF = select(_C.name, _C.role, _C.away).where(_C.creditor == bindparam("creditor"))


def team_of(connection: Connection, creditor: str) -> Team:
    """Read a creditor's people with how many open tasks each has."""
    rows = connection.execute(_TEAM, {"creditor": creditor})
    return tuple(
        Colleague(name=row.name, role=Role(row.role), away=row.away, load=row.load) for row in rows
    )


def list_team(engine: Engine, creditor: str) -> Team:
    """Read a creditor's people with their open tasks, outside of any account's lock."""
    with reading(engine) as connection:
        return team_of(connection, creditor)


def whose_turn(connection: Connection, creditor: str, *preferred: str) -> str:
    """Choose who takes up new work; empty without a team, or if nobody is there.

    How much everybody has to do is counted only if it matters.
    """
    rows = connection.execute(_STAFF, {"creditor": creditor})
    staff = tuple(Colleague(name=r.name, role=Role(r.role), away=r.away) for r in rows)
    if not staff or any(is_present(staff, name) for name in preferred):
        return takes_up(staff, preferred)
    return takes_up(team_of(connection, creditor), ())


def put_colleague(engine: Engine, creditor: str, name: str, role: Role) -> None:
    """Add somebody to the team, or give them another role."""
    row = insert(colleague).values(creditor=creditor, name=name, role=role.value)
    known = row.on_conflict_do_update(
        index_elements=["creditor", "name"], set_={"role": row.excluded.role}
    )
    with engine.begin() as connection:
        connection.execute(known)


def set_back(engine: Engine, creditor: str, name: str) -> bool:
    """Note that somebody is there again; False if there is no such colleague."""
    with engine.begin() as connection:
        return _set_away(connection, creditor, name, away=False)


def set_away(engine: Engine, creditor: str, name: str, now: datetime) -> int | None:
    """Note that somebody is away, and pass their open tasks on; answers how many.

    None if there is no such colleague.
    """
    with engine.begin() as connection:
        if not _set_away(connection, creditor, name, away=True):
            return None
        return hand_over(connection, creditor, name, now)


def remove(engine: Engine, creditor: str, name: str, now: datetime) -> int | None:
    """Take somebody out of the team, and pass on their tasks and customers.

    None if there is no such colleague.
    """
    mine = (_C.creditor == creditor) & (_C.name == name)
    theirs = (account.c.creditor == creditor) & (account.c.owner == name)
    with engine.begin() as connection:
        if connection.execute(delete(colleague).where(mine).returning(_C.name)).first() is None:
            return None
        connection.execute(update(account).where(theirs).values(owner=""))
        return hand_over(connection, creditor, name, now)


def hand_over(connection: Connection, creditor: str, absent: str, now: datetime) -> int:
    """Give the open tasks of somebody who is not there to others, each once; answers how many.

    What is just being done is left to whoever does it; the next round finds what is left.
    """
    mine = (account.c.creditor == case_file.c.creditor) & (
        account.c.customer == case_file.c.customer
    )
    held = (_T.owner == absent) & (_T.status == TaskState.OPEN)
    query = (
        select(_T.key, _T.detail, account.c.owner.label("preferred"))
        .outerjoin(case_file, case_file.c.case_id == _T.case_id)
        .outerjoin(account, mine)
        .where(held, _T.case_id.startswith(CaseId.beginning(creditor), autoescape=True))
        .order_by(_T.due_at.nulls_last(), _T.key)
        .with_for_update(of=task, skip_locked=True)
    )
    team = team_of(connection, creditor)
    found = connection.execute(query).all()
    for row in found:
        heir = steps_in(team, absent, row.preferred or "")
        team = with_one_more(team, heir)
        told = deputy_note(row.detail, now.date(), f"{absent} is not there; {who(heir)} has it now")
        connection.execute(
            update(task).where(_T.key == row.key, held).values(owner=heir, detail=told)
        )
    return len(found)


def absentees(engine: Engine) -> tuple[tuple[str, str], ...]:
    """List creditor and name of everybody who is away and still has open tasks."""
    held = (_T.owner == _C.name) & (_T.status == TaskState.OPEN) & _of_creditor(_C.creditor)
    query = select(_C.creditor, _C.name).where(_C.away, select(_T.key).where(held).exists())
    with reading(engine) as connection:
        return tuple((row.creditor, row.name) for row in connection.execute(query))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A customer with the colleague who looks after them."""

    creditor: str
    customer: str
    owner: str


def set_owner(engine: Engine, owned: Owned) -> bool:
    """Say who looks after a customer; an empty name takes it back. False if there is none."""
    mine = (account.c.creditor == owned.creditor) & (account.c.customer == owned.customer)
    change = update(account).where(mine).values(owner=owned.owner)
    with engine.begin() as connection:
        return connection.execute(change.returning(account.c.customer)).first() is not None


def owner_of(engine: Engine, creditor: str, customer: str) -> str:
    """Find who looks after a customer; empty if nobody was named."""
    mine = (account.c.creditor == creditor) & (account.c.customer == customer)
    with reading(engine) as connection:
        return connection.execute(select(account.c.owner).where(mine)).scalar_one_or_none() or ""


def _set_away(connection: Connection, creditor: str, name: str, *, away: bool) -> bool:
    mine = (_C.creditor == creditor) & (_C.name == name)
    change = update(colleague).where(mine).values(away=away).returning(_C.name)
    return connection.execute(change).first() is not None
