"""Versions of policies on a real ledger: chosen for new cases, and running cases moved."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from activities.case_service import CaseService
from activities.cases.change_policy import Orders, move
from activities.cases.opening import open_from_outside
from activities.cases.session import Session
from activities.ports.stores.cases import CaseFilter
from activities.ports.stores.policies import BY_INVOICE, PolicyScope
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.policies import policies
from adapters.ledger.queries import reads, watch
from domain.message_types import MessageType
from domain.policy.model import Anchor, Base, Policy
from domain.policy.policy_file import standard_policy
from starter.views.looking import look_at_case
from tests.ledger import factories

LATER = factories.NOON + timedelta(days=1)
SLOW = replace(
    factories.POLICY,
    name="slow",
    steps=(replace(factories.POLICY.steps[0], on=Anchor(Base.DUE, 9)),),
)
SLOWER = replace(SLOW, name="slower", review_days=60)
SLOW_SHA = policies.sha_of(SLOW)


def moved(ledger: SqlLedger, case: str, policy: Policy = SLOW, reason: str = "") -> bool:
    orders = Orders(policy=policy, at=LATER, by="ann", reason=reason)
    return move(ledger, case, orders)


def decided(ledger: SqlLedger, case: str) -> str:
    with ledger.account_of(case) as account:
        Session(account, case, factories.NOON).decide()
    return case


def given(case: str) -> dict[str, Any]:
    """An invoice as an outside system sends it."""
    number = case.rsplit("/", 1)[1]
    dates = {"issued": "2026-02-01", "due": "2026-03-01"}
    return {"number": number, "customer": "C-1", "amount": "119.00", "currency": "EUR"} | dates


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, "standard"),
        ({"": SLOW}, "slow"),
        ({"": SLOW, "C-1": SLOWER}, "slower"),
        ({"C-2": SLOWER}, "standard"),
    ],
)
def test_a_new_case_gets_what_was_chosen_nearest_to_it(
    engine: Engine, ledger: SqlLedger, creditor: str, chosen: dict[str, Policy], wanted: str
) -> None:
    """Creditor, then customer: opened by us, and by another system."""
    for customer, policy in chosen.items():
        policies.choose_policy(
            engine, PolicyScope(creditor=creditor, customer=customer), policy, "ann"
        )
    CaseService(ledger, lambda: factories.NOON).open(factories.invoice(creditor, "ours"))
    outside = f"invoice/{creditor}/theirs"
    open_from_outside(ledger, outside, given(outside), standard_policy(), factories.NOON)

    rows = reads.find_cases(engine, CaseFilter(creditor=creditor))
    assert {row.number: row.policy for row in rows} == {"ours": wanted, "theirs": wanted}


def test_a_policy_that_is_named_wins_over_what_was_chosen(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    policies.choose_policy(engine, PolicyScope(creditor=creditor), SLOW, "ann")
    CaseService(ledger, lambda: factories.NOON).open(factories.invoice(creditor), SLOWER)

    assert reads.find_cases(engine, CaseFilter(creditor=creditor))[0].policy == "slower"


def test_a_case_moves_once_and_is_behind_until_it_is_woken(
    engine: Engine, ledger: SqlLedger, case: str
) -> None:
    decided(ledger, case)
    assert moved(ledger, case)
    assert case in watch.unwoken(engine)
    assert not moved(ledger, case)

    file = reads.file_of(engine, case)
    assert file is not None
    assert file.policy == SLOW
    assert [(m.kind, m.ref, m.by) for m in file.messages] == [
        (MessageType.POLICY_CHANGED, SLOW_SHA, "ann")
    ]
    with ledger.account_of(case) as account:
        decision = Session(account, case, LATER).decide()
    assert decision.at == factories.NOON.replace(day=10, hour=9)
    assert case not in watch.unwoken(engine)


def test_what_was_done_is_never_done_again(engine: Engine, ledger: SqlLedger, case: str) -> None:
    """A step's name is its key, whatever its new date."""
    with ledger.account_of(case) as account:
        session = Session(account, case, factories.NOON)
        session.act(factories.deed())
        session.decide()
    moved(ledger, case)

    with ledger.account_of(case) as account:
        assert Session(account, case, LATER).decide().step == "plan-b"


def test_a_case_may_go_back_and_forth_and_every_move_is_kept(
    engine: Engine, ledger: SqlLedger, case: str
) -> None:
    for policy in (SLOW, factories.POLICY, SLOW, factories.POLICY):
        assert moved(ledger, case, policy)

    file = reads.file_of(engine, case)
    assert file is not None
    assert file.policy == factories.POLICY
    assert len({message.key for message in file.messages}) == 4


def test_what_is_nearer_keeps_its_own_policy(
    engine: Engine, ledger: SqlLedger, creditor: str
) -> None:
    """An invoice moved by itself, and a customer with a choice, stay when the creditor moves."""
    cases = {
        number: decided(
            ledger, factories.opened(ledger, factories.invoice(creditor, number, **more))
        )
        for number, more in {"plain": {}, "own": {}, "other": {"customer": "C-2"}}.items()
    }
    moved(ledger, cases["own"], SLOWER, BY_INVOICE)
    policies.choose_policy(
        engine, PolicyScope(creditor=creditor, customer="C-2"), factories.POLICY, "ann"
    )
    everyone = PolicyScope(creditor=creditor)

    assert policies.movable(engine, everyone, SLOW_SHA) == [cases["plain"]]
    assert policies.kept(engine, everyone, SLOW_SHA) == 2
    own = PolicyScope(creditor=creditor, number="own")
    assert policies.movable(engine, own, SLOW_SHA) == [cases["own"]]
    second = PolicyScope(creditor=creditor, customer="C-2")
    assert policies.movable(engine, second, SLOW_SHA) == [cases["other"]]


def test_an_ended_case_stays_as_it_ended(engine: Engine, ledger: SqlLedger, creditor: str) -> None:
    case = factories.opened(ledger, factories.invoice(creditor))
    with ledger.account_of(case) as account:
        session = Session(account, case, factories.NOON)
        session.add(factories.paid())
        session.decide()

    assert policies.movable(engine, PolicyScope(creditor=creditor), SLOW_SHA) == []


def test_a_moved_case_can_be_rebuilt_from_the_ledger_alone(
    engine: Engine, ledger: SqlLedger, case: str
) -> None:
    with ledger.account_of(case) as account:
        session = Session(account, case, factories.NOON)
        session.add(factories.paid(minor=1900))
        session.decide()
    moved(ledger, case)
    with ledger.account_of(case) as account:
        Session(account, case, LATER).decide()

    file, row = reads.file_of(engine, case), reads.case_row(engine, case)
    assert file is not None
    assert row is not None
    view = look_at_case(file, LATER)
    assert (view.case.open, view.state.next_action.step) == (row.open.minor, row.next_step)
    assert (row.policy, row.open.minor) == ("slow", 10000)


def test_the_list_tells_who_follows_what(engine: Engine, ledger: SqlLedger, creditor: str) -> None:
    for number in ("R-1", "R-2"):
        factories.opened(ledger, factories.invoice(creditor, number))
    moved(ledger, f"invoice/{creditor}/R-1")
    policies.choose_policy(engine, PolicyScope(creditor=creditor, customer="C-9"), SLOWER, "ann")

    found = {one.name: one for one in policies.versions(engine, creditor)}
    assert {name: (one.running, one.cases) for name, one in found.items()} == {
        "short": (1, 1),
        "slow": (1, 1),
        "slower": (0, 0),
    }
    assert found["slower"].chosen == (f"{creditor}/C-9",)
    assert policies.find_policy(engine, SLOW_SHA[:12]) == ((SLOW_SHA, SLOW),)


def test_an_agreement_keeps_the_day_on_which_it_is_checked(
    engine: Engine, ledger: SqlLedger, case: str
) -> None:
    """Recorded without grace, then moved to a policy with five days of it, and no promises."""
    desk = CaseService(ledger, lambda: factories.NOON)
    answer, _ = desk.say(case, MessageType.PROMISE, {"id": "p", "date": "2026-03-05"})
    assert answer.accepted, answer
    kinder = replace(SLOW.agreements, grace_days=5, promises_allowed=0, longest_promise_days=1)
    moved(ledger, case, replace(SLOW, agreements=kinder))

    file = reads.file_of(engine, case)
    assert file is not None
    promises = look_at_case(file, LATER).case.promises
    assert [promise.plan_b.check_at for promise in promises] == [answer.check_at]
