"""What is previewed is what happens, when several invoices of a customer share one voice."""

from dataclasses import replace

import pytest

from activities.cases.person_tasks import PersonTasks
from activities.sending.agency import Deliverer
from activities.services import previews
from adapters.config.settings import Settings
from adapters.ledger.queries import reads
from domain.policy.policy_file import parse_policy
from domain.wire import CaseActivityInput
from starter.application import Application
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import Office

POLICY = parse_policy(
    """
name = "three words"
minimum_gap_days = 2
calendar = { window = "09:00-17:00", working_days_only = false }
contact = { messages_per_week = 2, bundle_days = 1 }
plan_b = { on = "deadline+1", do = "hand_off" }
[[step]]
id = "one"
on = "due+1"
do = "remind"
[[step]]
id = "two"
on = "due+4"
do = "remind"
tone = "firm"
[[step]]
id = "call"
on = "due+5"
do = "call_task"
[[step]]
id = "three"
on = "due+9"
do = "demand_letter"
tone = "final"
deadline_days = 4
"""
)
Lines = list[tuple[str, str, str]]


def _live(several: Several, decisions: int) -> None:
    """The cases do what they say comes next, one deed at a time, as their workflows would."""
    office = several.office
    for _ in range(decisions):
        waiting = [
            (decision.at, case, decision)
            for which, case in enumerate(several.cases, 1)
            if (decision := several.decision(which)).at is not None
        ]
        if not waiting:
            return
        at, case, decision = min(waiting, key=lambda entry: (entry[0], entry[1]))
        assert at is not None
        office.now = max(office.now, at)
        turn = CaseActivityInput(
            case=case, do=decision.do, step=decision.step, episode=decision.episode, at=at
        )
        if decision.do in ("remind", "demand_letter"):
            office.sender().send(turn, office.clock)
        elif decision.do == "hand_off":
            Deliverer(office.ledger, office.agency).deliver(turn, office.clock)
        else:
            PersonTasks(office.ledger).do(turn, office.clock)


def _foreseen(several: Several, which: int, most: int) -> Lines:
    file = reads.file_of(several.office.engine, several.cases[which - 1])
    assert file is not None
    previews = Application(Settings(), several.office.engine).previews
    planned = previews.ahead(file, several.office.now, most)
    return [(str(deed.at), deed.step, deed.why) for deed in planned]


def _done(several: Several, which: int) -> Lines:
    deeds = reads.deeds_of(several.office.engine, several.cases[which - 1])
    return [(str(deed.at), deed.step, deed.why) for deed in deeds]


def test_what_is_previewed_for_each_invoice_is_what_happens(office: Office) -> None:
    several = Several(office)
    office.pay()
    for days in (0, 0, 1, 3, 4):
        several.add(days, POLICY)
    foreseen = {which: _foreseen(several, which, 5) for which in range(2, 7)}
    _live(several, 60)

    for which, lines in foreseen.items():
        done = _done(several, which)[:5]
        assert [line[:2] for line in done] == [line[:2] for line in lines]
        assert done[:4] == lines[:4]
        # What may yet turn out otherwise is foreseen as a condition, and recorded as a fact (F10).
        assert lines[4][2].startswith("if ")
        assert " passed with " in done[4][2]


def test_a_customer_with_very_many_invoices_is_previewed_one_by_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = Several(office)
    office.pay()
    alone, _ = several.add(1, POLICY), several.add(0, POLICY)
    among = _foreseen(several, alone, 1)
    monkeypatch.setattr(previews, "MOST_CASES", 1)
    by_itself = _foreseen(several, alone, 1)

    assert among != by_itself
    assert by_itself[0][0].startswith("2026-03-03")


def test_a_preview_sends_and_writes_nothing(office: Office) -> None:
    """A9."""
    several = Several(office)
    several.add(0, POLICY)
    before = replace(several.decision(2))
    _foreseen(several, 2, 12)

    assert several.decision(2) == before
    assert several.results(2) == []
    assert office.email.calls == []
