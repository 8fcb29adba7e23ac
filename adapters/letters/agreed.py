"""Gathers what a letter states about an agreement: sums, days and instalments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from activities.ports.letter_data import LetterData
from domain.agreements.numbering import INSTALMENT_MISSED, instalment_step, plan_of_number
from domain.agreements.promises import FOR_EVER, PromiseState, state_of
from domain.agreements.reducer import Agreement
from domain.agreements.status import missed_part, missing_of
from domain.calendar import Calendar
from domain.case.agreement_types import Plan, Promise, Settlement
from domain.case.model import Case
from domain.case.promised import part_promise, still_promised
from domain.decision.answering.steps import answer_named
from domain.decision.rules_confirming import newest_agreement, owed_correction
from domain.message_types import ActionType
from domain.money import Money

AGREEMENT = "agreement"
"""The letter that confirms what was agreed on."""

TEMPLATES = {"reminder": "agreement_reminder", "missed": "instalment_missed", "over": "plan_over"}
"""The template of each word about an instalment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentText:
    """One part of a plan."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementText:
    """The agreement that a letter speaks of.

    Attributes:
        kind: promise, plan, settlement, costs, or empty if there is none any more.
        day: the day on which the money is due.
        amount: the money that is due then.
        to_pay: what of it has not come yet.
        whole: all that is still to come of the agreement.
        by: the last day for what is to be paid: the day itself, or where it is past its cure.
        parts: a plan's instalments.
        cure: the last day on which a missed instalment may come.
        cure_days: how many days after its own that is.
        goes_on: who goes on if it is not kept: agency, lawyer or person; empty for the ladder.
    """

    kind: str = ""
    day: date | str = ""
    amount: Money
    to_pay: Money
    whole: Money
    by: date | None = None
    parts: tuple[InstalmentText, ...] = ()
    cure: date | str = ""
    cure_days: int = 0
    goes_on: str = ""

    @property
    def came_in_part(self) -> bool:
        """Whether some of the money has come, and some has not."""
        return 0 < self.to_pay.minor < self.amount.minor


def template_of(data: LetterData) -> str:
    """Choose the template of a message about an agreement; empty if it is about something else."""
    if data.do == "acknowledge":
        return answer_named(data.step) or AGREEMENT
    about = instalment_step(data.step)
    if about:
        return TEMPLATES.get(about.what, "")
    is_reminder = data.step.startswith("agreement-") and data.step.endswith("-reminder")
    return "agreement_reminder" if is_reminder else ""


def agreement_meant(data: LetterData) -> Agreement | None:
    """Find the agreement that a message's step is about, else the newest one."""
    about = instalment_step(data.step)
    plan = plan_of_number(data.case, about.plan) if about else None
    return plan or newest_agreement(data.case)


def agreement_for(data: LetterData) -> AgreementText:
    """Describe the agreement that a message's step is about, else the newest one."""
    about, agreed = instalment_step(data.step), agreement_meant(data)
    plan = plan_of_number(data.case, about.plan) if about else None
    if about and plan:
        return _part_of(data, plan, about.part, is_missed=about.what == INSTALMENT_MISSED)
    if isinstance(agreed, Plan):
        return _part_of(data, agreed, missed_part(data.case, agreed) or 0)
    owed = Money(agreed_on_all(data.case), data.case.invoice.amount.currency)
    if agreed is None:
        return AgreementText(amount=owed, to_pay=owed, whole=owed)
    amount = owed if agreed.amount is None else Money(agreed.amount, owed.currency)
    left = Money(_still_to_come(data.case, agreed), owed.currency)
    return AgreementText(
        kind=_kind(agreed),
        day=agreed.day,
        amount=amount,
        to_pay=left,
        whole=left,
        by=agreed.day,
        goes_on=who_goes_on(data.case, agreed),
    )


def agreed_on_all(case: Case) -> int:
    """Compute what an agreement on all of it asks for; minor units.

    A part that is contested since is not asked for, whatever was promised before.
    """
    return case.open - (case.disputed if case.undisputed > 0 else 0)


_GOES_ON = {
    ActionType.HAND_OFF: "agency",
    ActionType.LAWYER_LETTER: "lawyer",
    ActionType.ASK_PERSON: "person",
}


def who_goes_on(case: Case, agreed: Agreement) -> str:
    """Name who goes on if an agreement is not kept, where it names one and we look after it."""
    chosen = None if case.with_agency else agreed.plan_b.chosen
    return _GOES_ON[chosen.do] if chosen else ""


def _still_to_come(case: Case, agreed: Promise | Settlement) -> int:
    """What has not come yet of a promise or an offer; minor units."""
    if agreed.amount is None:
        return agreed_on_all(case)
    if isinstance(agreed, Promise) and agreed == part_promise(case):
        return still_promised(case, agreed)
    came = case.received_between(agreed.counts_from, FOR_EVER) - agreed.before
    return max(0, min(case.open, agreed.amount - max(0, came)))


def mistaken_day(data: LetterData) -> date | None:
    """Find the day of the message that a letter has to put right; None if there is none."""
    owed = owed_correction(data.case) if data.case.taken_back else None
    return Calendar(data.debtor.zone).local_date(owed.told.at) if owed else None


def came_late(data: LetterData) -> bool:
    """Tell whether the promised money came after all: then nobody writes that it has not."""
    promise = data.case.running_promise
    if promise is None:
        return False
    return state_of(data.case, promise, FOR_EVER) is PromiseState.KEPT_LATE


def _kind(agreed: Promise | Settlement) -> str:
    if isinstance(agreed, Promise):
        return "promise"
    return "costs" if agreed.amount is None else "settlement"


def _part_of(
    data: LetterData, plan: Plan, number: int, *, is_missed: bool = False
) -> AgreementText:
    currency = data.case.invoice.amount.currency
    parts = tuple(
        InstalmentText(day=part.day, amount=Money(part.minor, currency)) for part in plan.parts
    )
    number = min(number, len(parts) - 1)
    cure = Calendar(data.debtor.zone).local_date(plan.cures[number]) - timedelta(days=1)
    day = plan.parts[number].day
    is_late = is_missed or date.fromisoformat(data.today) > day
    return AgreementText(
        kind="plan",
        day=day,
        amount=parts[number].amount,
        to_pay=Money(missing_of(data.case, plan, number), currency),
        whole=Money(sum(missing_of(data.case, plan, n) for n in range(len(parts))), currency),
        by=cure if is_late else day,
        parts=parts,
        cure=cure,
        cure_days=(cure - day).days,
        goes_on=who_goes_on(data.case, plan),
    )
