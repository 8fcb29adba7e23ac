"""The rows of cases: opened once, read whole, saved with what was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, select, text

from activities.ports.types import CaseFile, ConflictError
from adapters.ledger.cases import histories, messages
from adapters.ledger.cases.holds import held
from adapters.ledger.core import codec
from adapters.ledger.core.sql import added
from adapters.ledger.customers.people import find_creditor
from adapters.ledger.interest.rates import rates_for
from adapters.ledger.tables.cases import DIGITS_OF_NUMBER, case_file
from adapters.ledger.tables.cases import policy as policy_table
from domain.calendar import Calendar
from domain.case.invoice import Discount, InvoicePart
from domain.case.model import Case, Invoice
from domain.credit.model import hold_of
from domain.decision.sharing import spare
from domain.history.record import record_of
from domain.ids import CaseId
from domain.money import Money
from domain.parties.customer import NOBODY_KNOWN, Customer
from domain.parties.people import Creditor, Debtor
from domain.payments.references import digits_in
from domain.policy.model import Policy
from domain.wire import Decision

PROMISES = ("promises_made", "promises_kept", "promises_late", "promises_part")
_C = case_file.c
FIRST = {
    "first_amount": func.coalesce(_C.first_amount, _C.amount),
    "first_due": func.coalesce(_C.first_due, _C.due),
}
"""What the invoice of a corrected case said at first stays beside what holds now."""

_OF_ACCOUNT = (_C.creditor == bindparam("creditor")) & (_C.customer == bindparam("customer"))
# Built once: putting a query together costs more than asking it.
_FILE = (
    select(case_file, policy_table.c.body, held(bindparam("creditor")).label("on_hold"))
    .join(policy_table)
    .where(_OF_ACCOUNT, _C.case_id == bindparam("case"))
)


def read_case(  # noqa: PLR0913 - whose case, which one, and what need not be asked
    connection: Connection,
    creditor: str,
    debtor: Debtor,
    case_id: str,
    customer: Customer = NOBODY_KNOWN,
    *,
    is_new: bool = False,
) -> CaseFile | None:
    """Read everything about a case of one account, or None."""
    given = {"creditor": creditor, "customer": debtor.id, "case": case_id}
    row = connection.execute(_FILE, given).mappings().one_or_none()
    if row is None:
        return None
    policy = codec.read_policy(row["body"])
    return CaseFile(
        invoice=invoice_of(row),
        debtor=debtor,
        creditor=find_creditor(connection, creditor) or Creditor(id=creditor),
        policy=policy,
        rates=rates_for(connection, [policy]),
        recorded=() if is_new else messages.recorded_messages(connection, case_id),
        deeds=() if is_new else messages.deeds(connection, case_id),
        decision=codec.read_decision(row["decision"]),
        parked=row["parked"],
        history=histories.history(connection, creditor, debtor.id, row["opened_at"]),
        on_hold=row["on_hold"],
        customer=customer,
    )


def numbers_alike(connection: Connection, case_id: str) -> tuple[str, ...]:
    """List the numbers with the same digits that the creditor had opened before a case."""
    named, mine = CaseId.parse(case_id), case_file.alias("mine")
    opened = select(mine.c.opened_at).where(mine.c.case_id == case_id).scalar_subquery()
    same_time = (_C.opened_at == opened) & (_C.number < named.number)
    query = (
        select(_C.number)
        .where(_C.creditor == named.creditor, (_C.opened_at < opened) | same_time)
        .where(text(f"{DIGITS_OF_NUMBER} = :digits").bindparams(digits=digits_in(named.number)))
        .order_by(_C.opened_at, _C.number)
    )
    return tuple(connection.execute(query).scalars())


def put_policy(connection: Connection, policy: Policy) -> str:
    """Keep a policy for ever; answers its SHA-256."""
    sha, body = codec.write_policy(policy)
    added(connection, policy_table, sha256=sha, name=policy.name, body=body)
    return sha


def new_row(invoice: Invoice, policy_sha: str) -> dict[str, Any]:
    """Make the row of a case that was just opened: all of it is open."""
    return {
        "case_id": invoice.case_id,
        "creditor": invoice.creditor,
        "customer": invoice.customer,
        "number": invoice.number,
        "issued": invoice.issued,
        "due": invoice.due,
        "currency": invoice.amount.currency,
        "amount": invoice.amount.minor,
        "discount": invoice.discount.minor if invoice.discount else None,
        "discount_until": invoice.discount.until if invoice.discount else None,
        "reference": invoice.reference,
        "terms": written_terms(invoice),
        "terms_now": written_terms(invoice),
        "open": invoice.amount.minor,
        "policy_sha": policy_sha,
        "opened_at": invoice.opened_at,
        "content_sha": codec.invoice_content(invoice),
    }


def figures(case: Case, zone: str) -> dict[str, Any]:
    """Derive the columns of a folded case."""
    return {
        "amount": case.invoice.amount.minor,
        "due": case.printed_due,
        "terms_now": written_terms(case.invoice),
        "discount_day": case.discount_day,
        "discount_taken": case.discount,
        "paid": case.paid,
        "credited": case.credited,
        "written_off": case.written_off,
        "open": case.open,
        "surplus": case.surplus,
        "spare": spare(case),
        "charged": sum(deed.charged for deed in case.deeds),
        "costs_paid": case.to_costs,
        "costs_left": case.costs_left,
        "disputed": case.disputed,
        "withdrawn": case.withdrawn_at is not None,
        "episode": case.episode,
        "credit_hold": hold_of(case),
        **_kept_in_mind(case, zone),
    }


def _kept_in_mind(case: Case, zone: str) -> dict[str, Any]:
    """What the customer's record is made of."""
    record = record_of(case, Calendar(zone))
    return {
        "settled_at": record.settled_at,
        "days_late": record.days_late,
        "broken_promises": record.broken_promises,
        **{name: getattr(record, name) for name in PROMISES},
        "handed_off": record.handed_off,
    }


def decided(decision: Decision | None) -> dict[str, Any]:
    """Make the columns of a decision; empty if none was made."""
    if decision is None:
        return {"stage": "", "decision": None, "next_do": "", "next_at": None}
    return {
        "stage": decision.stage,
        "outcome": decision.outcome or "",
        "decision": codec.write_decision(decision),
        "decision_number": decision.number,
        "next_do": decision.do,
        "next_step": decision.step,
        "next_at": decision.at,
        "next_why": decision.why,
    }


def invoice_of(row: RowMapping) -> Invoice:
    """Read the invoice of a case's row."""
    terms = tuple(
        InvoicePart(day=date.fromisoformat(day), minor=minor) for day, minor in row["terms"] or ()
    )
    return Invoice(
        creditor=row["creditor"],
        number=row["number"],
        customer=row["customer"],
        issued=row["issued"],
        due=terms[0].day if terms else row["first_due"] or row["due"],
        amount=Money(_first_amount(row), row["currency"]),
        opened_at=row["opened_at"],
        discount=_discount(row),
        reference=row["reference"],
        terms=terms,
    )


def written_terms(invoice: Invoice) -> list[list[str | int]] | None:
    """Write the parts in which an invoice falls due; None where it is one day."""
    return [[part.day.isoformat(), part.minor] for part in invoice.terms] or None


def _first_amount(row: RowMapping) -> int:
    first: int | None = row["first_amount"]
    now: int = row["amount"]
    return now if first is None else first


def _discount(row: RowMapping) -> Discount | None:
    minor, until = row["discount"], row["discount_until"]
    return Discount(minor=minor, until=until) if minor and until else None


def conflict(case_id: str) -> ConflictError:
    """Make the error about one number with another amount, date, customer or reference."""
    return ConflictError(
        f"{case_id} was opened before with another customer, date, amount or reference; what it "
        "said when it was opened stays: correct the invoice, send a credit note or a new number"
    )
