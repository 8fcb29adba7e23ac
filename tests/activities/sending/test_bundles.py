"""One voice: what a customer is to hear about several invoices goes out as one message (P82)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from adapters.ledger.queries import reads
from domain.message_types import ActionType, MessageType
from domain.parties.customer import Touch
from domain.policy.model import Anchor, Base, PlanB, Policy
from domain.policy.policy_file import parse_policy
from tests.activities.sending.bundles import SENT, Several
from tests.activities.sending_harness import NINE, POLICY, Office

AHEAD = replace(
    POLICY,
    contact=replace(POLICY.contact, bundle_days=3),
    plan_b=PlanB(on=Anchor(Base.DUE, 30), do=ActionType.HAND_OFF),
)
LADDER = parse_policy(
    """
name = "two tones"
minimum_gap_days = 2
calendar = { window = "09:00-17:00", working_days_only = false }
[[step]]
id = "mild"
on = "due+1"
do = "remind"
tone = "friendly"
deadline_days = 7
[[step]]
id = "hard"
on = "due+10"
do = "demand_letter"
tone = "final"
deadline_days = 5
"""
)


def test_invoices_that_are_due_together_go_out_as_one_message(office: Office) -> None:
    three = Several(office, 0, 0)
    three.take(1)

    assert [three.results(which) for which in (1, 2, 3)] == [SENT] * 3
    (letter,) = three.letters
    for number, owed in (("R-1", "119.00"), ("R-2", "20.00"), ("R-3", "30.00")):
        assert f"Invoice: {number}\n" in letter
        assert f"Amount owed: EUR {owed}\n" in letter
    assert "Total owed in EUR: EUR 169.00" in letter
    instants = {d.at for c in three.cases for d in reads.deeds_of(office.engine, c)}
    assert instants == {NINE}


def test_it_is_one_contact_with_three_invoices(office: Office) -> None:
    three = Several(office, 0, 0)
    three.take(1)

    file = reads.file_of(office.engine, three.cases[2])
    assert file is not None
    (contact,) = file.customer.contacts
    assert (contact.what, contact.channel, contact.cases) == (Touch.MESSAGE, "email", 3)
    assert contact.at == NINE


def test_the_others_come_at_their_own_time_find_it_done_and_look_ahead(office: Office) -> None:
    """Nobody has to wake them."""
    two = Several(office, 0)
    two.take(1)
    known = two.decision(2)
    after = two.take(2)

    assert len(office.email.calls) == 1
    assert (known.do, known.step) == (after.do, after.step) == ("hand_off", "plan-b")
    assert after.number == known.number + 1


def test_what_is_due_later_waits_for_the_gap_over_all_invoices(office: Office) -> None:
    """P82: due a day later, said two days later, though it has never heard of the other."""
    two = Several(office, 1)
    two.take(1)
    office.now = NINE + timedelta(days=1)
    decision = two.take(2)

    assert (len(office.email.calls), two.results(2)) == (1, [])
    assert decision.at == NINE + timedelta(days=2)
    assert "the customer was written to on 2026-03-02; 2 days are kept" in decision.why


@pytest.mark.parametrize(("days", "joins"), [(1, True), (3, True), (4, False)])
def test_what_is_due_within_the_policys_days_is_brought_forward(
    office: Office, days: int, joins: bool
) -> None:
    two = Several(office)
    leader, other = two.add(policy=AHEAD), two.add(policy=_later(days))
    office.pay()
    two.take(leader)

    assert two.results(other) == (SENT if joins else [])
    if joins:
        (deed,) = reads.deeds_of(office.engine, two.cases[other - 1])
        assert deed.at == NINE
        assert "brought forward" in deed.why


@pytest.mark.parametrize(("days", "joins"), [(-1, True), (0, True), (1, False), (2, False)])
def test_nothing_is_brought_forward_over_its_own_due_date(
    office: Office, days: int, joins: bool
) -> None:
    """Today is the day after the first due date; nobody is called late before it is so."""
    two = Several(office)
    leader, other = two.add(policy=AHEAD), two.add(days, policy=_later(1))
    office.pay()
    two.take(leader)

    assert two.results(other) == (SENT if joins else [])


def test_nothing_is_brought_forward_out_of_a_pause(office: Office) -> None:
    two = Several(office)
    leader, other = two.add(policy=AHEAD), two.add(policy=AHEAD)
    two.say(other, MessageType.PAUSE, date="2026-03-03")
    two.take(leader)

    assert (two.results(leader), two.results(other)) == (SENT, [])


def test_what_is_paid_disputed_paused_or_parked_does_not_go_along(office: Office) -> None:
    five = Several(office, 0, 0, 0, 0)
    five.say(2, MessageType.PAYMENT, amount="20.00")
    five.say(3, MessageType.DISPUTE_OPENED, reason="goods")
    five.say(4, MessageType.PAUSE)
    with office.engine.begin() as link:
        parked = text("UPDATE case_file SET parked = true WHERE case_id = :case")
        link.execute(parked, {"case": five.cases[4]})
    five.take(1)

    assert five.results(1) == SENT
    assert not [which for which in (2, 3, 4, 5) if SENT[0] in five.results(which)]
    assert "R-2" not in five.letters[0]


def test_the_firmest_step_speaks_and_its_deadline_holds_for_all_that_have_one(
    office: Office,
) -> None:
    two = Several(office)
    office.pay()
    mild, hard = two.add(policy=LADDER), two.add(-9, policy=LADDER)
    _said_before(two, hard, "mild")
    two.take(mild, "mild")

    (mild_deed,) = reads.deeds_of(office.engine, two.cases[mild - 1])
    hard_deed = reads.deeds_of(office.engine, two.cases[hard - 1])[-1]
    assert (mild_deed.step, hard_deed.step) == ("mild", "hard")
    assert mild_deed.deadline == hard_deed.deadline
    assert "final demand" in two.letters[0]
    assert "reaches us by 7 March 2026" in two.letters[0]


def _later(days: int) -> Policy:
    """The same first reminder, so many days later."""
    first = AHEAD.steps[0]
    on = replace(first.on, days=first.on.days + days)
    return replace(AHEAD, name=f"later by {days}", steps=(replace(first, on=on),))


def _said_before(several: Several, which: int, step: str) -> None:
    """The step went out long ago, and its deadline has passed."""
    office = several.office
    now, office.now = office.now, NINE - timedelta(days=9)
    several.take(which, step)
    office.now = now
    office.email.taken.clear()
