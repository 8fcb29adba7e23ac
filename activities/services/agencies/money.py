"""The service for the money of agencies: collected, kept, paid out, and beside the ledger (P72)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from activities.agencies.telling import CaseTelling
from activities.cases.waking import ToWake
from activities.payments.posting import post
from activities.ports.agencies.store import AgencyStore
from activities.ports.clock import Clock
from activities.ports.ports import Ledger
from activities.ports.types import CaseFile, ConflictError
from domain.agencies.money import (
    AGENCY_SOURCE,
    AgencyAccount,
    AgencyMoney,
    agency_account,
    checked_report,
    taken_back,
)
from domain.errors import InvalidError, RefusedError
from domain.ids import AgencyReportId, PaymentId, PaymentKey
from domain.message_types import MessageType
from domain.money import parse_money
from domain.payments.allocation import PaymentIn

_NOTHING = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneySaid:
    """What an agency says about money, as it says it: plain amounts of the invoice's currency.

    Attributes:
        id: the agency's own: said twice, it counts once.
        at: when it was collected or paid out (UTC); None for now.
        reverses: the id of what this takes back; then it names no sums.
    """

    id: str
    collected: str = ""
    fee: str = ""
    paid_out: str = ""
    currency: str = ""
    at: datetime | None = None
    reverses: str = ""


class AgencyMoneyService:
    """Posts what an agency collected as the customer's payment, and keeps its fee beside it."""

    def __init__(
        self, store: AgencyStore, ledger: Ledger, telling: CaseTelling, clock: Clock
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._telling = telling
        self._clock = clock

    def record(
        self, file: CaseFile, agency: str, said: MoneySaid, by: str
    ) -> tuple[AgencyMoney, tuple[ToWake, ...]]:
        """Record one report; the customer's payment comes first, so that a repeat completes it.

        Raises:
            ConflictError: if the id was used before with other content.
            InvalidError: naming the field that cannot be right.
            RefusedError: if what it takes back is not there, or was taken back before.
        """
        creditor = file.invoice.creditor
        report = self._read(file, agency, said, by)
        known = self._store.report(creditor, agency, report.id)
        if known and _content(known) != _content(report):
            raise ConflictError(f"{report.id} was used before with other content")
        woken = self._taken_back(file, report) if report.reverses else self._posted(file, report)
        self._store.add(creditor, report)
        return known or report, woken

    def reports(self, case_id: str) -> tuple[AgencyMoney, ...]:
        """List what agencies reported of a case's money."""
        return self._store.money(case_id)

    def account(self, case_id: str, currency: str, agency: str) -> AgencyAccount:
        """Add up what an agency reported of a case, beside what the ledger has of it."""
        reports = (one for one in self._store.money(case_id) if one.agency == agency)
        return agency_account(reports, self._store.in_ledger(case_id, agency), currency)

    def accounts(self, case_id: str, currency: str) -> Mapping[str, AgencyAccount]:
        """Add up what each agency reported of a case: none's money makes up for another's."""
        agencies = dict.fromkeys(one.agency for one in self._store.money(case_id))
        return {one: self.account(case_id, currency, one) for one in agencies}

    def cases(self, creditor: str, after: str = "", limit: int = 50) -> tuple[str, ...]:
        """List the cases of which agencies reported money, by id, after that one."""
        return self._store.cases_with_money(creditor, after, limit)

    def _read(self, file: CaseFile, agency: str, said: MoneySaid, by: str) -> AgencyMoney:
        at = min(said.at or self._clock(), self._clock())
        if said.reverses:
            return self._reversal(file, agency, said, by, at)
        own = file.invoice.amount.currency
        if said.currency not in ("", own):
            raise InvalidError(f"the invoice is in {own}, not {said.currency}", field="currency")
        return checked_report(
            AgencyMoney(
                id=said.id,
                case=file.invoice.case_id,
                agency=agency,
                at=at,
                collected=parse_money(said.collected or _NOTHING, own, field="collected"),
                fee=parse_money(said.fee or _NOTHING, own, field="fee"),
                paid_out=parse_money(said.paid_out or _NOTHING, own, field="paid_out"),
                by=by,
            )
        )

    def _reversal(
        self, file: CaseFile, agency: str, said: MoneySaid, by: str, at: datetime
    ) -> AgencyMoney:
        """The report that takes another one back, whole and once."""
        meant = self._store.report(file.invoice.creditor, agency, said.reverses)
        if meant is None or meant.case != file.invoice.case_id or meant.reverses:
            raise RefusedError(f"{agency} reported no {said.reverses}", field="reverses")
        others = (one for one in self._store.money(meant.case) if one.agency == agency)
        if any(one.reverses == meant.id and one.id != said.id for one in others):
            raise RefusedError(f"{meant.id} was taken back before", field="reverses")
        return taken_back(meant, new_id=said.id, at=max(at, meant.at), by=by)

    def _posted(self, file: CaseFile, report: AgencyMoney) -> tuple[ToWake, ...]:
        if not report.collected.minor:
            return ()
        payment = PaymentIn(
            creditor=file.invoice.creditor,
            source=AGENCY_SOURCE,
            id=self._booked_as(file, report),
            customer=file.invoice.customer,
            amount=report.collected,
            at=report.at,
            invoices=(file.invoice.number,),
            note=f"collected by {report.agency}",
        )
        return post(self._ledger, payment, self._clock()).woken

    def _booked_as(self, file: CaseFile, report: AgencyMoney) -> str:
        """Find under which id its payment is booked, or is to be.

        Older ledgers hold it under another form, which two agencies may share: it is that one's
        who reported it first, or of whoever says it again before any report was kept.
        """
        creditor, booked = file.invoice.creditor, report.payment_id
        with self._ledger.account(creditor, file.invoice.customer) as account:
            is_there = account.payments.held(AGENCY_SOURCE, str(booked)) is not None
            former = account.payments.held(AGENCY_SOURCE, booked.former)
        if is_there or former is None:
            return str(booked)
        first = self._store.first_reported(creditor, booked.former)
        return booked.former if first in (None, booked) else str(booked)

    def _taken_back(self, file: CaseFile, report: AgencyMoney) -> tuple[ToWake, ...]:
        if not report.collected.minor:
            return ()
        booked = self._booked_as(file, report)
        body = {
            "id": str(AgencyReportId(report.agency, report.id)),
            "amount": _plain_of(report),
            "ref": str(PaymentKey(PaymentId.KIND, AGENCY_SOURCE, booked)),
            "by": report.by,
        }
        answer, woken = self._telling.say(report.case, MessageType.PAYMENT_REVERSED, body)
        if not answer.accepted:
            raise RefusedError(answer.text, field="reverses")
        return (woken,)


def _plain_of(report: AgencyMoney) -> str:
    return report.collected.plain.removeprefix("-")


def _content(report: AgencyMoney) -> tuple[object, ...]:
    """What a report says: its author and the instant at which it was heard count for nothing."""
    sums = report.collected, report.fee, report.paid_out
    return report.case, *sums, report.reverses
