"""An account and its interest go on from where they stood, and say what walking anew would say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from domain.calendar import Calendar
from domain.case.agreement_types import Dispute
from domain.case.invoice import InvoicePart
from domain.case.model import Case, Deed, Invoice, Message
from domain.case.money import Ground
from domain.charges.costs import RunningAccount, walked
from domain.fold.fold import fold
from domain.interest.model import InterestTerms, interest
from domain.interest.running import RunningInterest
from domain.message_types import ActionType, MessageType
from domain.money import Money
from domain.policy.model import Charges, InterestBy, Leftover
from domain.policy.policy_file import standard_policy
from tests.counting import function_calls

OPENED = datetime(2025, 1, 7, 9, tzinfo=UTC)
DUE = date(2025, 2, 4)
INVOICE = Invoice(
    creditor="acme",
    number="R-1",
    customer="C-1",
    issued=OPENED.date(),
    due=DUE,
    amount=Money(100_000, "EUR"),
    opened_at=OPENED,
)
PARTS = (InvoicePart(day=DUE, minor=60_000), InvoicePart(day=date(2025, 4, 9), minor=40_000))
CHARGES = Charges(
    interest=InterestBy.CONTRACT,
    contract_percent=Decimal(9),
    compounding="monthly",
    jurisdiction="DE",
    confirmed_by="the board",
    compensation=True,
    asked_from="due",
    order=("costs", "interest", "principal"),
    leftover=Leftover.CHASE,
)
GROUND = Ground(replace(standard_policy(), charges=CHARGES), Calendar("Europe/Berlin", "DE"))


def case_of(dice: Random) -> Case:
    """A case with a fee, and in every third one two due dates."""
    parts = PARTS if dice.randrange(3) == 0 else ()
    return Case(
        invoice=replace(INVOICE, terms=parts),
        released_at=OPENED,
        heard_at=OPENED,
        last_days=tuple(part.day for part in parts),
        deeds=(
            Deed(
                at=OPENED + timedelta(days=dice.randrange(200)),
                do=ActionType.FEE,
                step="fee",
                why="late",
                charged=500,
                ground="as agreed",
            ),
        ),
    )


def goes_on(case: Case, dice: Random, at: datetime) -> Case:
    """The case after one more thing: mostly money, else a dispute, its end, a waiver, a credit."""
    what = dice.choices(["money", "dispute", "end", "waiver", "credit"], (8, 2, 2, 1, 1))[0]
    if what == "dispute":
        said = Dispute(key=str(at), opened_at=at, amount=dice.choice([None, 3_000, 20_000]))
        return replace(case, disputes=(*case.disputes, said))
    if what == "end" and case.disputes:
        ended = tuple(replace(one, settled_at=at) for one in case.disputes)
        return replace(case, disputes=(), settled_disputes=(*case.settled_disputes, *ended))
    if what == "waiver":
        return replace(case, costs_waived=(*case.costs_waived, (at, 100)))
    if what == "credit":
        return replace(case, credited=case.credited + 700)
    minor = dice.choice([40, 1_000, 9_000, 30_000, -2_000])
    return replace(case, money=(*case.money, (at, minor)))


@pytest.mark.parametrize("seed", range(60))
def test_an_account_that_goes_on_is_the_account_that_is_walked_anew(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - made-up lives
    case, at, account = case_of(dice), OPENED, RunningAccount(GROUND)
    for _ in range(25):
        at += timedelta(hours=dice.choice([0, 0, 5, 24, 400]))
        case = goes_on(case, dice, at)
        assert account.walked(case) == walked(case, GROUND)


@pytest.mark.parametrize("change", ["amount", "whole", "end", "minor"])
def test_an_account_goes_on_only_while_the_disputes_before_its_money_are_the_same(
    change: str,
) -> None:
    """What was contested as money came decides what it paid."""
    said = Dispute(key="d", opened_at=OPENED + timedelta(days=40), amount=3_000)
    paid = (OPENED + timedelta(days=60), 90_000)
    case = replace(case_of(Random(1)), disputes=(said,), money=(paid,))  # noqa: S311 - one life
    other = {
        "amount": replace(said, amount=80_000),
        "whole": replace(said, amount=None),
        "end": replace(said, settled_at=OPENED + timedelta(days=50)),
        "minor": replace(said, reason="goods"),
    }[change]
    account = RunningAccount(GROUND)
    account.walked(case)
    then = replace(case, disputes=(other,), money=(paid, (paid[0] + timedelta(days=1), 500)))

    assert account.walked(then) == walked(then, GROUND)


TERMS = (
    InterestTerms(jurisdiction="DE"),
    InterestTerms(jurisdiction="PL", past_table="provisional", rounding="daily"),
    InterestTerms(jurisdiction="IT", consumer=True),
    InterestTerms(contract_percent=Decimal("7.25"), compounding="monthly"),
    InterestTerms(contract_percent=Decimal("7.25"), compounding="yearly", rounding="daily"),
    InterestTerms(),
)


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("seed", range(10))
def test_interest_that_goes_on_is_the_interest_of_all_days(terms: InterestTerms, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - made-up lives
    running = RunningInterest(DUE, "EUR", terms, lambda balance, _: balance)
    steps, day = [(INVOICE.issued, 100_000)], DUE - timedelta(days=3)
    for _ in range(40):
        day += timedelta(days=dice.choice([0, 1, 1, 20, 90]))
        wanted = interest(tuple(steps), "EUR", DUE, day - timedelta(days=1), terms).amount.minor
        assert running.until(steps, day - timedelta(days=1)) == wanted
        steps.append((day, dice.choice([0, 500, 70_000, 100_000])))


def test_a_balance_that_changes_on_a_counted_day_counts() -> None:
    steps, until = [(INVOICE.issued, 100_000)], DUE + timedelta(days=90)
    running = RunningInterest(DUE, "EUR", TERMS[0], lambda balance, _: balance)
    for day in (DUE, DUE + timedelta(days=30), until):
        running.until(steps, until)
        steps.append((day, 50_000))
        assert (
            running.until(steps, until)
            == interest(tuple(steps), "EUR", DUE, until, TERMS[0]).amount.minor
        )
    assert running.until(steps, DUE + timedelta(days=9)) > 0


def payments(count: int) -> list[Message]:
    return [
        Message(
            key=f"p{n}",
            kind=MessageType.PAYMENT,
            at=OPENED + timedelta(days=60, hours=n),
            amount=Money(101, "EUR"),
        )
        for n in range(count)
    ]


def test_twice_as_many_payments_are_twice_the_work() -> None:
    """With interest that was asked for, each payment is shared out once."""
    fold(INVOICE, payments(9), (), GROUND)
    work = []
    for count in (40, 80):
        with function_calls() as asked:
            fold(INVOICE, payments(count), (), GROUND)
            work.append(asked())
    assert work[1] < work[0] * 2.1
