"""A customer's credit with one creditor: ok, held or cash only, derived from all its invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.case.model import Case, Deed
from domain.history.record import BROKEN_PROMISE
from domain.message_types import ActionType
from domain.policy.model import CreditRules

CASH_ONLY_STEP = "cash-only"
"""How the step begins that holds credit because a promise was broken."""


class Credit(StrEnum):
    """Which deliveries the billing system may make to a customer."""

    OK = "ok"
    HELD = "held"
    CASH_ONLY = "cash_only"


class DeliveryOrder(StrEnum):
    """Kinds of orders, by whether a hold stops them."""

    NORMAL = "normal"
    PREPAID = "prepaid"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The facts from which an account's credit follows.

    Attributes:
        credit: how it stands now.
        holding: whether an invoice holds it: a hold that was not released.
        broken: promises that were broken for the invoices that hold it.
        owing: whether anything at all is still open on the account.
        by_hand: whether the last word of a person was a hold.
        freed_at: when a person released it (UTC); None if a person never did, or held it since.
        number: of the change before, counted by the ledger; 0 if there was none.
    """

    credit: Credit = Credit.OK
    holding: bool = False
    broken: int = 0
    owing: bool = False
    by_hand: bool = False
    freed_at: datetime | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditChange:
    """A change of a customer's credit, kept for ever.

    Attributes:
        at: the instant (UTC) of the change.
        why: the reason, in words without personal data.
        case: the invoice whose deed changed it; empty where a person did.
        by: who changed it.
    """

    at: datetime
    before: Credit
    after: Credit
    why: str
    case: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Whether an order may be delivered, and why."""

    allowed: bool
    status: Credit
    why: str


def credit_of(standing: Standing, rules: CreditRules, moved_at: datetime | None = None) -> Credit:
    """Derive the credit from the facts of the account.

    A hold ends when no invoice holds any more (P60). Cash only ends when nothing is owed any more
    (P54). What a person released stays released until an invoice's next deed about credit, whose
    instant (UTC) is ``moved_at``.
    """
    if _stays_free(standing, moved_at):
        return Credit.OK
    broken = standing.holding and standing.broken >= rules.cash_only_from_broken
    was_cash = standing.credit is Credit.CASH_ONLY
    if broken or (was_cash and (standing.holding or standing.owing)):
        return Credit.CASH_ONLY
    return Credit.HELD if standing.holding or standing.by_hand else Credit.OK


def _stays_free(standing: Standing, moved_at: datetime | None) -> bool:
    if standing.credit is not Credit.OK or standing.freed_at is None:
        return False
    return moved_at is None or moved_at <= standing.freed_at


def hold_of(case: Case) -> int | None:
    """Count the broken promises with which a case holds the credit; None if it does not."""
    if not case.credit_held:
        return None
    broken = sum(deed.step.startswith(BROKEN_PROMISE) for deed in case.deeds)
    return max(broken, int(any(deed.step.startswith(CASH_ONLY_STEP) for deed in case.deeds)))


def moved_credit_at(case: Case) -> datetime | None:
    """Find when a case last had a deed about its customer's credit (UTC); None if never."""
    moves = [deed.at for deed in case.deeds if _is_about_credit(deed)]
    return max(moves, default=None)


def reason_of(case: Case, after: Credit) -> str:
    """Describe why the credit changed, where an invoice changed it."""
    number = case.invoice.number
    if after is Credit.OK:
        return f"{number} was the last invoice that stood in the way"
    said = [deed for deed in case.deeds if _is_about_credit(deed)]
    return f"{number}: {said[-1].why}" if said else f"{number} is settled, others are not"


def _is_about_credit(deed: Deed) -> bool:
    own = (BROKEN_PROMISE, CASH_ONLY_STEP)
    return deed.do in (ActionType.HOLD_CREDIT, ActionType.RELEASE_CREDIT) or deed.step.startswith(
        own
    )


WORDS = {
    Credit.OK: "credit is free again",
    Credit.HELD: "credit is held: no new deliveries until the account is put right",
    Credit.CASH_ONLY: "cash only: no credit until all is paid",
}
"""What a person is told to do."""


def may_deliver(credit: Credit, order: DeliveryOrder, rules: CreditRules) -> Delivery:
    """Tell whether an order may be delivered now, for the billing system (P54, P60)."""
    if credit is Credit.OK:
        return Delivery(allowed=True, status=credit, why="nothing stands in the way")
    if order.value in rules.exempt:
        why = f"{WORDS[credit]}; the policy exempts {order.value} orders"
        return Delivery(allowed=True, status=credit, why=why)
    return Delivery(allowed=False, status=credit, why=WORDS[credit])
