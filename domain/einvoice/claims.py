"""What becomes of an electronic invoice: a claim with its due date, a credit, nothing, a question.

What a person is asked about is never opened: nobody is reminded on a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.case.invoice import InvoicePart
from domain.case.terms import LONGEST_TERMS
from domain.einvoice.document import DocumentKind, EarlyDiscount, ElectronicInvoice
from domain.einvoice.terms_text import TermsFound, TermsHint, read_terms_text
from domain.money import Money

_SHOWN = 120


class ClaimFate(StrEnum):
    """What becomes of a document."""

    CLAIM = "claim"
    CREDIT = "credit"
    NOTHING_OWED = "nothing_owed"
    ASKED = "asked"


class DueFrom(StrEnum):
    """Where a due date was found."""

    FIELD = "field"
    TEXT = "text"
    CUSTOMER = "customer"
    USUAL = "usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedInvoice:
    """A document with what becomes of it.

    Attributes:
        why: in words, where it is no claim.
        due: the due date of a claim, and where it was found.
        parts: the parts in which a claim falls due.
        discounts: for paying early, the largest first.
        credits: the invoice that a credit is for; empty if it names none, or several.
    """

    fate: ClaimFate
    why: str = ""
    due: date | None = None
    due_from: DueFrom | None = None
    parts: tuple[InvoicePart, ...] = ()
    discounts: tuple[EarlyDiscount, ...] = ()
    amount: Money | None = None
    prepaid: Money | None = None
    credit: Money | None = None
    credits: str = ""


def judge_invoice(document: ElectronicInvoice, agreed: str = "", usual: str = "") -> JudgedInvoice:
    """Judge a document; where it tells no due date agreed terms hold, else the usual ones."""
    if document.kind is DocumentKind.NO_CLAIM:
        return JudgedInvoice(fate=ClaimFate.NOTHING_OWED, why=document.what)
    if document.credit is not None:
        return _credit(document, document.credit)
    if not document.payable.minor:
        why = f"{document.what} of which nothing is to be paid"
        return JudgedInvoice(fate=ClaimFate.NOTHING_OWED, why=why)
    if document.kind is DocumentKind.CORRECTION:
        return _asked(f"is {document.what}: it takes the place of an invoice, or adds to it")
    return _claim(document, {DueFrom.CUSTOMER: agreed, DueFrom.USUAL: usual})


def _credit(document: ElectronicInvoice, credit: Money) -> JudgedInvoice:
    if not credit.minor:
        why = f"{document.what} of which nothing is left"
        return JudgedInvoice(fate=ClaimFate.NOTHING_OWED, why=why)
    named = document.corrects[0] if len(document.corrects) == 1 else ""
    several = f"names {len(document.corrects)} invoices" if document.corrects else ""
    why = "" if named else several or "names no invoice"
    return JudgedInvoice(fate=ClaimFate.CREDIT, credit=credit, credits=named, why=why)


def _claim(document: ElectronicInvoice, otherwise: Mapping[DueFrom, str]) -> JudgedInvoice:
    told, issued = document.terms, document.issued
    words = read_terms_text(told.text, issued)
    if TermsHint.SAYS_PAID in words.hints:
        what = f"says that it was paid, and that {document.payable} are to be paid"
        return _asked(what, told.text)
    due, source = _due(document, words, otherwise)
    if due is None or source is None:
        collected = TermsHint.NO_REQUEST in words.hints or document.means.is_collected
        what = "the seller collects it, and when is not told" if collected else "no due date"
        return _asked(what, told.text)
    if due < issued:
        return _asked(f"is due on {due}, before its date {issued}")
    if due > issued + LONGEST_TERMS:
        return _asked(f"is due on {due}, more than ten years after its date {issued}")
    parts = told.parts if told.due == due else ()
    amount = document.payable if parts else document.amount
    return JudgedInvoice(
        fate=ClaimFate.CLAIM,
        due=due,
        due_from=source,
        parts=parts,
        discounts=tuple(_discounts(document, words)),
        amount=amount,
        prepaid=amount - document.payable if amount != document.payable else None,
    )


def _due(
    document: ElectronicInvoice, words: TermsFound, otherwise: Mapping[DueFrom, str]
) -> tuple[date | None, DueFrom | None]:
    """The due date by the field, else by the words, else by what else holds."""
    if document.terms.due:
        return document.terms.due, DueFrom.FIELD
    if words.due:
        return words.due, DueFrom.TEXT
    for source, terms in otherwise.items():
        if terms and not words.hints:
            return read_terms_text(terms, document.issued).due, source
    return None, None


def _discounts(document: ElectronicInvoice, words: TermsFound) -> Iterator[EarlyDiscount]:
    """Those that can still be meant: fields go before words."""
    every = document.terms.discounts or words.discounts
    for one in sorted(every, key=_share, reverse=True):
        last = one.last_day(document.issued)
        if last and last >= document.issued:
            yield one


def _share(early: EarlyDiscount) -> Decimal:
    try:
        return Decimal(early.percent)
    except ArithmeticError:
        return Decimal(0)


def _asked(what: str, text: str = "") -> JudgedInvoice:
    told = " ".join(text.split())
    more = f" ({told[:_SHOWN]}{'…' * (len(told) > _SHOWN)})" if told else ""
    return JudgedInvoice(fate=ClaimFate.ASKED, why=f"{what}{more}")
