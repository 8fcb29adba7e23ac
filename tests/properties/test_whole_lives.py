"""What holds for a customer with several invoices, whatever is said, agreed, paid or contested."""

import re
from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings

from domain.agreements.due_parts import with_due_parts
from domain.agreements.numbering import promise_number
from domain.agreements.status import agreed_until
from domain.fold.fold import fold, money_adds_up
from domain.message_types import ActionType
from domain.parties.customer import Touch
from tests.properties.homes import Home, homes
from tests.properties.households import (
    Seen,
    Spoken,
    Street,
    Watched,
    money_lies_there,
    smallest,
    worth_asking,
)
from tests.properties.lives import QUICK

OF_AN_AGREEMENT = re.compile(r"agreement-.*-(confirmed|reminder)|instalment-.*-(reminder|missed)")
URGENT = re.compile(r"promise-broken-.*|instalment-.*-(missed|over)")
WEEK = timedelta(days=7)


def money_is_exact(street: Street, life: Watched) -> None:
    """Every cent has one place, at every instant."""
    for case in life.cases:
        assert money_adds_up(case)
        assert case.received == case.paid + case.to_costs + case.surplus
        parts = (case.paid, case.credited, case.written_off, case.open, case.surplus)
        assert min(*parts, case.to_costs, case.costs_left, case.disputed) >= 0
        assert case.disputed + case.undisputed + case.later == case.to_chase
        assert case.later >= 0
        assert not (case.open and case.costs_left)


def what_is_asked_is_what_is_owed(street: Street, life: Watched) -> None:
    """P24: when only costs are left, a letter asks for exactly what the case still chases.

    Nothing is asked for of an invoice that was withdrawn, nor of costs once a case is over (C7).
    """
    told = life.state.statement_on(street.calendar.local_date(street.ends))
    later = sum(part.minor for part in told.later)
    if life.case.open == 0 and life.case.outcome is None:
        withheld = told.withheld.minor if told.withheld else 0
        assert told.costs.minor + withheld == life.case.costs_left
    promised = told.promised.minor if told.promised else 0
    left = 0 if life.case.withdrawn_at else max(0, life.case.open - life.case.disputed)
    assert told.principal.minor + promised + later == left
    if life.case.outcome:
        assert told.total.minor == 0


def nobody_is_chased_who_need_not_be(street: Street, life: Watched) -> None:
    """Paid, contested, agreed, paused, on its way, human only, unplaced money: no message."""
    for seen in life.seen_deeds:
        if not seen.deed.is_message:
            continue
        _may_be_written_to(street, seen)


def _may_be_written_to(street: Street, seen: Seen) -> None:
    case, deed = seen.case, seen.deed
    assert case.outcome is None
    assert not case.with_agency
    assert worth_asking(street, seen)
    assert not seen.customer.human_only
    assert not money_lies_there(street, seen)
    if case.paused:
        assert case.paused_until
        assert street.calendar.end_of(case.paused_until) <= deed.at
    if deed.do is not ActionType.ACKNOWLEDGE and not OF_AN_AGREEMENT.fullmatch(deed.step):
        holds = [at for at in (case.quiet_until, agreed_until(case)) if at]
        assert all(at <= deed.at for at in holds)


def the_agency_gets_only_what_is_clear(street: Street, life: Watched) -> None:
    """D1."""
    for seen in life.seen_deeds:
        if seen.deed.do is ActionType.HAND_OFF:
            holds = agreed_until(seen.case)
            assert not seen.case.disputes or seen.deed.step.endswith("approved")
            assert not seen.case.contested
            assert holds is None or holds <= seen.deed.at
            assert not seen.customer.human_only
            assert seen.case.to_chase >= smallest(street.policy)
            assert not money_lies_there(street, seen)


def silence_ends(street: Street, life: Watched) -> None:
    """Each case is over, or somebody is asked about it; nothing is planned for never."""
    case = life.case
    action = life.peek(street.home.customer, street.ends)
    assert action.at is None or action.at.year < 2100
    if case.outcome:
        assert case.closed
        assert action.at is None
    elif case.to_chase >= smallest(street.policy):
        asked = [
            s for s in life.seen_deeds if s.deed.do in (ActionType.ASK_PERSON, ActionType.HAND_OFF)
        ]
        assert action.at
        assert [s for s in asked if s.deed.at > street.ends - timedelta(days=505)]


def deeds_keep_their_order(street: Street, life: Watched) -> None:
    """Nothing is dated before what was done, nor before the case began; no step twice."""
    deeds = life.deeds
    assert all(one.at <= other.at for one, other in pairwise(deeds))
    assert all(deed.at >= life.invoice.opened_at for deed in deeds)
    assert len({(deed.step, deed.episode) for deed in deeds}) == len(deeds)


def order_does_not_matter(street: Street, life: Watched) -> None:
    """E2."""
    dice, said, ground = Random(7), life.state.messages, life.state.ground  # noqa: S311 - a shuffle, no secret
    expected = fold(life.invoice, said, life.state.deeds, ground).case
    messages = [*said, *said[:3]]
    deeds = [*life.deeds, *life.deeds[:3]]
    for _ in range(2):
        dice.shuffle(messages)
        dice.shuffle(deeds)
        assert fold(life.invoice, messages, deeds, ground).case == expected
    assert with_due_parts(expected, ground.calendar, life.state.now) == life.case


def kept_promises_break_nothing(street: Street, life: Watched) -> None:
    """Money that was there before the check never triggers anything."""
    for seen in life.seen_deeds:
        if seen.deed.step.startswith("promise-broken"):
            number = int(seen.deed.step.rsplit("-", 1)[1])
            (promise,) = (
                one for one in seen.case.promises if promise_number(seen.case, one) == number
            )
            check = promise.plan_b.check_at
            came = sum(minor for at, minor in seen.case.moves if promise.made_at < at < check)
            assert came < life.asked[promise.key]


def one_voice(street: Street) -> None:
    """Gap, most in a week and quiet days, counted anew over all invoices."""
    assert not street.home.pending
    for number, spoken in enumerate(street.home.spoken):
        if spoken.deeds[0].do is not ActionType.ACKNOWLEDGE:
            _is_courteous(street, spoken, street.home.spoken[:number])


def _is_courteous(street: Street, spoken: Spoken, before: list[Spoken]) -> None:
    rules, at, day = street.policy.contact, spoken.contact.at, street.calendar.local_date
    last_week = [one for one in before if one.contact.at > at - WEEK]
    assert rules.messages_per_week is None or len(last_week) < rules.messages_per_week
    for talk in street.contacts:
        if talk.what is Touch.CONVERSATION and talk.at < at:
            assert (day(at) - day(talk.at)).days >= rules.quiet_days
    asked = [one for one in before if one.contact.what is Touch.MESSAGE]  # an answer keeps no gap
    if asked and not all(URGENT.fullmatch(deed.step) for deed in spoken.deeds):
        gap = (day(at) - day(asked[-1].contact.at)).days
        assert gap >= street.policy.minimum_gap_days


OF_A_CASE = (
    money_is_exact,
    what_is_asked_is_what_is_owed,
    nobody_is_chased_who_need_not_be,
    the_agency_gets_only_what_is_clear,
    silence_ends,
    deeds_keep_their_order,
    order_does_not_matter,
    kept_promises_break_nothing,
)


@settings(QUICK, max_examples=400)
@given(homes)
def test_whole_lives_keep_every_promise_that_we_make(home: Home) -> None:
    street = Street(home)
    one_voice(street)
    for life in street.lives:
        for check in OF_A_CASE:
            check(street, life)
