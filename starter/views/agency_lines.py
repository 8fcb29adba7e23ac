"""Shows agencies, their quotes, news and money as lines of lists."""

from __future__ import annotations

from typing import Any

from activities.ports.types import AGENCY
from activities.services.agencies.returned import ReturnChoice
from domain.agencies.agency_file import AgencyProfile
from domain.agencies.money import AgencyAccount, AgencyMoney
from domain.agencies.progress import NEWS_MEANS, WhoActs
from domain.agencies.quotes import AgencyQuote
from domain.case.agency_standing import standing_at_agency
from domain.message_types import AgencyNews, MessageType
from starter.application import Application
from starter.views.looking import View


def agency_line(agency: AgencyProfile) -> dict[str, Any]:
    """Show an agency as a line of a list."""
    return {
        "agency": agency.id,
        "name": agency.name,
        "kind": agency.kind,
        "contact": agency.contact or None,
        "email": agency.email or None,
        "phone": agency.phone or None,
        "reached_by": agency.reached.by,
        "hears": agency.reached.hears,
        "tariff_of": agency.tariff.as_of if agency.tariff else None,
        "tariff_source": agency.tariff.source if agency.tariff else None,
    }


def quote_line(quote: AgencyQuote) -> dict[str, Any]:
    """Show a quote as a line of a list."""
    fee = quote.fee
    return {
        "agency": quote.agency,
        "eligible": quote.eligible,
        "why_not": (quote.detail or quote.reason.value) if quote.reason else None,
        "reason": quote.reason.value if quote.reason else None,
        "claim": quote.claim.amount,
        "currency": quote.claim.amount.currency,
        "success_percent": f"{fee.success_percent + fee.surcharge_percent:f}" if fee else None,
        "surcharge_percent": f"{fee.surcharge_percent:f}" if fee else None,
        "fixed": fee.fixed if fee else None,
        "minimum": fee.minimum if fee else None,
        "cost": quote.cost,
        "net": quote.net,
        "needs": list(quote.needs),
        "valid_until": quote.valid_until,
        "source": quote.source or None,
        "as_of": quote.as_of,
        "live": quote.live,
    }


def choice_line(choice: ReturnChoice) -> dict[str, Any]:
    """Show what may become of a returned case as a line of a list."""
    return {
        "choice": choice.choice,
        "means": choice.means,
        "name": choice.name or None,
        "net": choice.net,
    }


def agency_sheet(application: Application, view: View) -> dict[str, Any] | None:
    """Show where a case stands at the agency that was given it last; None if none ever was."""
    standing = standing_at_agency(view.case)
    if standing is None:
        return None
    services, case_id = application.agencies, view.case.invoice.case_id
    placed = services.progress.placements(case_id)
    asks = standing.asks if view.case.with_agency else None
    state = standing.state
    agency = (placed[-1].agency if placed else "") or AGENCY
    currency = view.case.invoice.amount.currency
    return {
        "agency": agency,
        "ref": (placed[-1].ref if placed else "") or None,
        "since": standing.since,
        "has_it": view.case.with_agency,
        "undecided": view.case.came_back_undecided and not view.case.outcome,
        "state": state.value if state else None,
        "state_at": standing.state_at,
        "means": NEWS_MEANS[state] if state else "it has not said anything yet",
        "acts_next": standing.acts_next.value,
        "asks": asks.value if asks else None,
        "heard_at": standing.heard_at,
        **account_values(services.money.account(case_id, currency, agency)),
    }


def account_lines(application: Application, case_id: str, currency: str) -> list[dict[str, Any]]:
    """Show the money of each agency that reported any of a case, as lines of a list."""
    found = application.agencies.money.accounts(case_id, currency)
    return [
        {"case": case_id, "agency": agency, "currency": currency, **account_values(account)}
        for agency, account in found.items()
    ]


def account_values(account: AgencyAccount) -> dict[str, Any]:
    """Show an agency's money of a case beside what the ledger has of it."""
    return {
        "collected": account.collected,
        "fee": account.fee,
        "paid_out": account.paid_out,
        "owed": account.owed,
        "in_ledger": account.in_ledger,
        "balance": account.balance.value,
    }


def agency_words(view: View) -> list[dict[str, Any]]:
    """List what the agencies and we said about a case, the oldest first."""
    return [
        {
            "at": message.at,
            "state": message.reason,
            "from": WhoActs.WE if message.reason == AgencyNews.TOLD else WhoActs.AGENCY,
            "by": message.by,
            "note": message.note,
        }
        for message in sorted(view.file.messages, key=lambda one: (one.at, one.key))
        if message.kind is MessageType.AGENCY_NEWS
    ]


def report_line(report: AgencyMoney) -> dict[str, Any]:
    """Show a report of an agency's money as a line of a list."""
    return {
        "id": report.id,
        "case": report.case,
        "agency": report.agency,
        "at": report.at,
        "collected": report.collected,
        "fee": report.fee,
        "paid_out": report.paid_out,
        "currency": report.collected.currency,
        "reverses": report.reverses or None,
        "by": report.by,
    }
