"""The monthly statement of account lists all that is open, goes out once, and is looked at last."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from adapters.ledger.cases import holds
from adapters.ledger.core.codec import read_policy, write_policy
from adapters.ledger.queries import reads
from domain.message_types import MessageType
from domain.parties.customer import Touch
from domain.policy.account_statements import StatementRules
from domain.policy.model import Anchor, Base, PlanB
from domain.wire import Decision
from tests.activities import sending_harness as application
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import DEBTOR, Office

STEP = "statement-2026-03"
MONTHLY = replace(
    application.POLICY,
    steps=(replace(application.POLICY.steps[0], on=Anchor(Base.DUE, 40)),),
    plan_b=PlanB(on=Anchor(Base.DUE, 90)),
    account_statements=StatementRules(day=2),
)


@pytest.fixture
def three(office: Office, office_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Several:
    """A customer with three open invoices, on the day of the statement."""
    monkeypatch.setattr(application, "POLICY", MONTHLY)
    monthly = Several(Office(office_engine, f"{office.creditor}-monthly"))
    monthly.add(0, MONTHLY)
    monthly.add(5, MONTHLY)
    return monthly


def state(three: Several, which: int = 2) -> Decision:
    return three.take(which, STEP, "acknowledge")


def test_one_mail_lists_every_open_invoice_and_sets_no_deadline(three: Several) -> None:
    after = state(three)

    (letter,) = three.letters
    for number in ("R-1", "R-2", "R-3"):
        assert f"Invoice: {number}\n" in letter
    assert "Total owed in EUR: EUR 169.00" in letter
    assert "it sets no deadline" in letter
    assert three.results(2) == [(STEP, "accepted")]
    file = reads.file_of(three.office.engine, three.cases[0])
    assert file is not None
    assert [one.what for one in file.customer.contacts] == [Touch.STATEMENT]
    assert after.step == "statement-2026-04"


def test_one_invoice_alone_is_told_without_a_total_of_several(three: Several) -> None:
    three.say(1, MessageType.PAYMENT, amount="119.00")
    three.say(3, MessageType.PAYMENT, amount="30.00")
    state(three)

    (letter,) = three.letters
    assert "R-2" in letter
    assert "Total owed" not in letter


def test_the_customers_other_invoices_find_it_done(three: Several) -> None:
    state(three)
    for which in (1, 2, 3):
        assert state(three, which).step == "statement-2026-04"

    assert len(three.letters) == 1
    assert three.results(1) == three.results(3) == []


def test_what_is_paid_between_the_looks_does_not_stand_in_it(three: Several) -> None:
    three.office.between["after_T1"] = lambda: three.say(3, MessageType.PAYMENT, amount="30.00")
    state(three)

    (letter,) = three.letters
    assert "R-3" not in letter
    assert "Total owed in EUR: EUR 139.00" in letter


@pytest.mark.parametrize("point", ["before_T1", "after_T1"])
def test_a_pause_of_another_invoice_lets_it_go_without_a_task(three: Several, point: str) -> None:
    three.office.between[point] = lambda: three.say(3, MessageType.PAUSE)
    state(three)
    state(three)  # after the second look the message is free again, and let go at the next

    assert three.letters == []
    assert three.results(2) == [(STEP, "rejected")]
    assert three.office.tasks() == []


def test_a_hold_and_an_opt_out_stop_it(three: Several) -> None:
    holds.set_hold(three.office.engine, three.office.creditor, on=True)
    waits = state(three)
    assert (three.letters, waits.step) == ([], STEP)
    assert waits.at is not None
    assert waits.at > three.office.now
    holds.set_hold(three.office.engine, three.office.creditor, on=False)
    three.office.known(replace(DEBTOR, email=""))

    assert state(three).step == "statement-2026-04"
    assert three.results(2) == [(STEP, "rejected")]
    assert three.office.tasks() == []


def test_a_letter_that_is_planned_for_another_invoice_lets_it_go(three: Several) -> None:
    """R-4 is written about in six days; the statement keeps seven."""
    three.add(-34, replace(MONTHLY, account_statements=StatementRules()))
    state(three)

    assert three.letters == []


def test_a_policy_keeps_its_sum_if_it_writes_no_statements() -> None:
    plain = replace(MONTHLY, account_statements=StatementRules())

    assert "apart_days" not in write_policy(plain)[1]
    assert read_policy(write_policy(MONTHLY)[1]) == MONTHLY
