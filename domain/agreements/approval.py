"""What an agreement needs a supervisor for: an act of a person, never of the one who agreed it."""

from __future__ import annotations

from itertools import pairwise

from domain.case.invoice import InvoicePart
from domain.case.model import Case, Message
from domain.errors import PolicyRefusedError
from domain.policy.model import Policy

APPROVED_BY = "approved_by"
"""The field at fault of what waits for an approval."""

APPROVAL_NEEDED = f"a supervisor must approve it ({APPROVED_BY})"


def require_approval(message: Message, why: str, needed: str = APPROVAL_NEEDED) -> None:
    """Refuse what goes beyond the policy's limits, unless another person approved it.

    Raises:
        PolicyRefusedError: with the limit, and who may allow it.
    """
    if not message.approved_by:
        raise PolicyRefusedError(f"{why}; {needed}", field=APPROVED_BY)
    if is_same_person(message.approved_by, message.by):
        own = f"{message.by} agreed on it and cannot approve it: another supervisor must"
        raise PolicyRefusedError(f"{why}; {own} ({APPROVED_BY})", field=APPROVED_BY)


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, however they are spaced and capitalised."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def check_plan(
    case: Case, message: Message, policy: Policy, parts: tuple[InvoicePart, ...], today: int
) -> None:
    """Judge a plan by the policy's limits: how many, how many parts, how small, how far apart.

    ``today`` is the ordinal of the day on which it is agreed, in the debtor's calendar.
    """
    limits, whole = policy.agreements, sum(part.minor for part in parts)
    check_number_of_plans(case, message, policy)
    if len(parts) > limits.most_instalments:
        why = f"{len(parts)} instalments are more than {limits.most_instalments}"
        require_approval(message, why)
    least = limits.least_instalment_percent * whole
    small = [part for part in parts[:-1] if 100 * part.minor < least]
    if small:
        share = f"{limits.least_instalment_percent} % of what is open"
        require_approval(message, f"the instalment of {small[0].day} is less than {share}")
    days = [today, *(part.day.toordinal() for part in parts)]
    gaps = [later - earlier for earlier, later in pairwise(days)]
    if max(gaps) > limits.longest_gap_days:
        far = parts[gaps.index(max(gaps))].day
        longest = f"more than {limits.longest_gap_days} days"
        require_approval(message, f"before the instalment of {far} nothing comes for {longest}")


def check_number_of_plans(case: Case, message: Message, policy: Policy) -> None:
    """Judge how many plans one invoice may have: proposals that nobody accepted do not count."""
    made = sum(plan.accepted_at is not None for plan in case.plans)
    if made >= policy.agreements.plans_allowed:
        require_approval(message, _made(made, "plan"))


def check_offer(case: Case, message: Message, policy: Policy, amount: int | None) -> None:
    """Judge an offer by the policy's limits: how many, and how little settles it all."""
    limits = policy.agreements
    if len(case.settlements) >= limits.settlements_allowed:
        require_approval(message, _made(len(case.settlements), "offer"))
    if amount is not None and 100 * amount < limits.least_offer_percent * case.open:
        why = f"the offer is less than {limits.least_offer_percent} % of the {case.open_money} open"
        require_approval(message, why)


def _made(count: int, what: str) -> str:
    return f"{count} {what} was made before" if count == 1 else f"{count} {what}s were made before"
