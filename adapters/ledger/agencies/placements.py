"""Placements and the money of agencies, in PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import distinct_on, insert

from activities.ports.agencies.store import Placed
from activities.ports.types import AGENCY
from adapters.ledger.tables.cases import case_file, deed, message
from adapters.ledger.tables.money import agency_money, payment
from adapters.ledger.tables.outbound import outbound_item, outbound_message
from domain.agencies.money import AGENCY_SOURCE, AgencyMoney
from domain.ids import AgencyReportId, PaymentId, PaymentKey
from domain.message_types import ActionType, MessageStatus, MessageType
from domain.money import Money

_C, _D, _I = case_file.c, deed.c, outbound_item.c
_A, _M, _P, _S = agency_money.c, outbound_message.c, payment.c, message.c


def placements_of(connection: Connection, case_id: str) -> tuple[Placed, ...]:
    """List to whom a case was given, the oldest first."""
    query = _handed_over().where(_D.case_id == case_id).order_by(_D.at, _D.id)
    return tuple(map(_placed, connection.execute(query)))


def last_placements(
    connection: Connection, creditor: str, agency: str, after: str, limit: int
) -> tuple[Placed, ...]:
    """List the cases whose last placement is with an agency, or with any, by case id."""
    newest = (
        _handed_over()
        .join(case_file, _C.case_id == _D.case_id)
        .where(_C.creditor == creditor, _D.case_id > after)
        .ext(distinct_on(_D.case_id))
        .order_by(_D.case_id, _D.at.desc(), _D.id.desc())
    ).subquery()
    query = select(newest).order_by(newest.c.case_id).limit(limit)
    if agency:
        query = query.where(newest.c.recipient == agency)
    return tuple(map(_placed, connection.execute(query)))


def cases_known_as(connection: Connection, creditor: str, agency: str, ref: str) -> tuple[str, ...]:
    """List the cases that an agency was given and calls by that id of its own."""
    theirs = (_M.creditor == creditor) & (_M.channel == AGENCY) & (_M.recipient == agency)
    query = (
        select(_I.case_id)
        .distinct()
        .join(outbound_message, _M.id == _I.message_id)
        .where(theirs, _M.provider_id == ref, _M.provider_id != "")
        .order_by(_I.case_id)
    )
    return tuple(connection.execute(query).scalars())


def _handed_over() -> Select[Any]:
    step = and_(_I.case_id == _D.case_id, _I.step == _D.step, _I.episode == _D.episode)
    return (
        select(_D.case_id, _M.recipient, _D.at, _M.provider_id)
        .join(outbound_item, step)
        .join(outbound_message, (_M.id == _I.message_id) & (_M.channel == AGENCY))
        .where(_D.do == ActionType.HAND_OFF.value)
    )


def _placed(row: Row[Any]) -> Placed:
    return Placed(case=row.case_id, agency=row.recipient, at=row.at, ref=row.provider_id)


def money_of_case(connection: Connection, case_id: str) -> tuple[AgencyMoney, ...]:
    """List the money that agencies reported of a case, in the order of its instants."""
    query = select(agency_money).where(_A.case_id == case_id)
    rows = connection.execute(query.order_by(_A.at, _A.recorded_at, _A.id))
    return tuple(map(_report, rows))


def collected_in_ledger(connection: Connection, case_id: str, agency: str) -> int:
    """Add up the payments that an agency collected for a case, less those taken back."""
    reports = and_(_A.case_id == case_id, _A.agency == agency, _A.reverses == "")
    booked = select(_P.id, _P.amount).select_from(agency_money).join(payment, _is_its_payment())
    mine = booked.where(reports).subquery()
    came = select(func.coalesce(func.sum(mine.c.amount), 0))
    refs = select(literal(str(PaymentKey(PaymentId.KIND, AGENCY_SOURCE, ""))) + mine.c.id)
    back = select(func.coalesce(func.sum(_S.amount), 0)).where(
        _S.case_id == case_id,
        _S.kind == MessageType.PAYMENT_REVERSED.value,
        _S.status != MessageStatus.REFUSED.value,
        _S.ref.in_(refs),
    )
    return int(connection.execute(came).scalar_one()) - int(connection.execute(back).scalar_one())


def first_reported(connection: Connection, creditor: str, former: str) -> AgencyReportId | None:
    """Find the first report whose payment older releases booked under an id; None if none."""
    mine = (_A.creditor == creditor) & (_A.reverses == "") & (_former(agency_money) == former)
    query = select(_A.agency, _A.id).where(mine).order_by(_A.recorded_at, _A.agency).limit(1)
    row = connection.execute(query).one_or_none()
    return AgencyReportId(row.agency, row.id) if row else None


def _former(reports: FromClause) -> ColumnElement[str]:
    return reports.c.agency + AgencyReportId.FORMERLY_BETWEEN + reports.c.id


def _is_its_payment() -> ColumnElement[bool]:
    """Whether a payment is a report's: that of the older form is the first one's who shares it."""
    own, new, others = (
        _A.agency + AgencyReportId.BETWEEN + _A.id,
        payment.alias(),
        agency_money.alias(),
    )
    booked_anew = and_(new.c.creditor == _A.creditor, new.c.source == AGENCY_SOURCE)
    before = and_(
        others.c.case_id == _A.case_id,
        others.c.reverses == "",
        _former(others) == _former(agency_money),
        tuple_(others.c.recorded_at, others.c.agency) < tuple_(_A.recorded_at, _A.agency),
    )
    is_first = and_(~exists().where(booked_anew, new.c.id == own), ~exists().where(before))
    return and_(
        _P.creditor == _A.creditor,
        _P.source == AGENCY_SOURCE,
        or_(_P.id == own, and_(_P.id == _former(agency_money), is_first)),
    )


def cases_with_money(
    connection: Connection, creditor: str, after: str, limit: int
) -> tuple[str, ...]:
    """List the cases of which agencies reported money, by id, after that one."""
    query = select(_A.case_id).distinct().where(_A.creditor == creditor, _A.case_id > after)
    return tuple(connection.execute(query.order_by(_A.case_id).limit(limit)).scalars())


def report_of(
    connection: Connection, creditor: str, agency: str, report_id: str
) -> AgencyMoney | None:
    """Read one report; None if there is none."""
    mine = (_A.creditor == creditor) & (_A.agency == agency) & (_A.id == report_id)
    row = connection.execute(select(agency_money).where(mine)).one_or_none()
    return _report(row) if row else None


def add_report(connection: Connection, creditor: str, report: AgencyMoney) -> bool:
    """Keep a report once; False if one of its id is there."""
    row = insert(agency_money).values(
        creditor=creditor,
        agency=report.agency,
        id=report.id,
        case_id=report.case,
        currency=report.collected.currency,
        collected=report.collected.minor,
        fee=report.fee.minor,
        paid_out=report.paid_out.minor,
        at=report.at,
        reverses=report.reverses,
        by_whom=report.by,
    )
    return bool(connection.execute(row.on_conflict_do_nothing()).rowcount)


def _report(row: Row[Any]) -> AgencyMoney:
    def money(minor: int) -> Money:
        return Money(minor, row.currency)

    return AgencyMoney(
        id=row.id,
        case=row.case_id,
        agency=row.agency,
        at=row.at,
        collected=money(row.collected),
        fee=money(row.fee),
        paid_out=money(row.paid_out),
        reverses=row.reverses,
        by=row.by_whom,
    )
