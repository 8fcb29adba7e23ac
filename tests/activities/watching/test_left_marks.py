"""A message is left on its way, and no workflow runs that would ask what became of it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from activities.ports.types import OutboundState, Receipt, Sent
from activities.reconcile import ReconcilerActivities
from activities.sending.agency import Deliverer
from activities.sending.holding_back import ComeBackLaterError
from activities.services.marks.left_marks import LEFT_FOR, LeftMarkWatch
from activities.watching.ports import LeftMark
from adapters.ledger.queries import reads
from adapters.ledger.queries.case_watch import SqlCaseWatch
from adapters.ledger.queries.rounds import SqlRoundLog
from adapters.ledger.queries.stuck import SqlStuckCases
from domain.message_types import ActionType, MessageType
from domain.wire import CaseActivityInput
from tests.activities.sending.bundles import Several
from tests.activities.sending_harness import FENCE, MINUTE, Office
from tests.activities.watching.running import NobodyIsMissing
from tests.fakes import LOST_AND_GONE, LOST_BUT_TAKEN, Outcome


@dataclass
class Round:
    """A reconciler's round over one test's cases: those of other tests are left alone."""

    office: Office

    @property
    def watch(self) -> LeftMarkWatch:
        """The part of the round that is looked at here."""
        office = self.office
        deliverer = Deliverer(office.ledger, office.agency)
        marks = SqlCaseWatch(office.engine)
        return LeftMarkWatch(marks, office.ledger, office.sender(), deliverer, office.clock)

    @property
    def left(self) -> list[LeftMark]:
        """What was left on its way."""
        return self.watch.find().get(self.office.case, [])

    def settle(self) -> list[bool]:
        """One round; answers for each mark whether its end is known."""
        return [self.watch.settle(mark) for mark in self.left]


@pytest.fixture
def rounds(office: Office) -> Round:
    return Round(office)


def lost(office: Office, outcome: Outcome) -> None:
    """The call breaks off, the workflow is terminated, and the customer pays."""
    office.email.will(outcome)
    with pytest.raises(ComeBackLaterError):
        office.remind()
    office.pay()
    assert office.state() is OutboundState.IN_FLIGHT


def test_a_mark_is_left_alone_while_its_workflow_may_still_ask(rounds: Round) -> None:
    lost(rounds.office, LOST_BUT_TAKEN)
    rounds.office.older(LEFT_FOR - MINUTE)

    assert rounds.settle() == []
    assert rounds.office.state() is OutboundState.IN_FLIGHT


def test_what_the_provider_has_counts_as_sent_although_the_case_is_paid(rounds: Round) -> None:
    lost(rounds.office, LOST_BUT_TAKEN)
    rounds.office.older(LEFT_FOR)

    assert (rounds.settle(), rounds.left) == ([True], [])
    assert ("polite", "accepted") in rounds.office.results()
    assert len(rounds.office.email.calls) == 1


def test_what_the_provider_has_not_got_is_free_and_never_sent_after_the_payment(
    rounds: Round,
) -> None:
    lost(rounds.office, LOST_AND_GONE)
    rounds.office.older(LEFT_FOR)

    assert (rounds.settle(), rounds.left) == ([True], [])
    rounds.office.remind()
    assert rounds.office.state() is OutboundState.NEW
    assert [step for step, _ in rounds.office.results() if step == "polite"] == []
    assert len(rounds.office.email.calls) == 1


def test_without_evidence_it_counts_as_sent_and_a_person_is_told(rounds: Round) -> None:
    rounds.office.email.blind = True
    lost(rounds.office, LOST_AND_GONE)
    rounds.office.older(LEFT_FOR)

    assert (rounds.settle(), rounds.left) == ([True], [])
    assert ("polite", "unknown_closed") in rounds.office.results()
    assert len(rounds.office.tasks("unknown")) == 1
    assert len(rounds.office.email.calls) == 1


def test_while_the_provider_cannot_know_yet_the_next_round_asks_again(rounds: Round) -> None:
    rounds.office.email.index_lag = MINUTE
    rounds.office.email.complete_after = timedelta(hours=1)
    lost(rounds.office, LOST_AND_GONE)
    rounds.office.older(LEFT_FOR)
    assert rounds.settle() == [False]

    rounds.office.older(timedelta(hours=1))
    assert (rounds.settle(), rounds.left) == ([True], [])
    assert rounds.office.state() is OutboundState.NEW


def test_a_round_and_a_worker_that_takes_over_record_it_once(rounds: Round) -> None:
    lost(rounds.office, LOST_BUT_TAKEN)
    rounds.office.older(LEFT_FOR)
    (mark,) = rounds.left
    rounds.office.remind()

    assert not rounds.watch.settle(mark), "somebody was quicker"
    assert rounds.office.results().count(("polite", "accepted")) == 1


def test_a_message_about_two_invoices_ends_for_both(rounds: Round) -> None:
    several = Several(rounds.office)
    several.add()
    rounds.office.email.will(LOST_BUT_TAKEN)
    with pytest.raises(ComeBackLaterError):
        several.take(1)
    rounds.office.pay()
    rounds.office.older(LEFT_FOR + FENCE)

    assert (rounds.settle(), rounds.left) == ([True], [])
    assert ("polite", "accepted") in several.results(1)
    assert several.results(2) == [("polite", "accepted")]
    assert len(rounds.office.email.calls) == 1


def test_a_word_about_a_dispute_is_recorded_as_no_reminder_although_it_is_settled(
    rounds: Round,
) -> None:
    """What it was is what the rules wanted when it was marked; by now they want nothing."""
    office = rounds.office
    office.say(MessageType.DISPUTE_OPENED, reason="goods", channel="page")
    wanted = office.decide()
    assert (wanted.do, wanted.at is not None) == (ActionType.ACKNOWLEDGE, True)
    office.now = wanted.at or office.now
    turn = CaseActivityInput(case=office.case, do=wanted.do, step=wanted.step, at=office.now)
    office.email.will(LOST_BUT_TAKEN)
    with pytest.raises(ComeBackLaterError):
        office.sender().send(turn, office.clock)
    office.now += timedelta(hours=1)
    office.older(timedelta(hours=1))
    office.pay()

    assert (rounds.settle(), rounds.left) == ([True], [])
    deeds = {deed.step: deed.do for deed in reads.deeds_of(office.engine, office.case)}
    assert deeds[wanted.step] is ActionType.ACKNOWLEDGE


def handoff_left(office: Office) -> None:
    """The agency does not answer, and nobody asks again for long."""
    office.remind()
    office.now += timedelta(days=2)
    office.agency.will(Receipt(sent=Sent.UNKNOWN, detail="time-out"))
    with pytest.raises(ComeBackLaterError):
        office.deliver()
    office.older(LEFT_FOR)


def test_a_handoff_of_a_parked_case_waits_for_whoever_parked_it(rounds: Round) -> None:
    """The agency cannot be asked, only told again."""
    office = rounds.office
    handoff_left(office)
    SqlCaseWatch(office.engine).park(office.case)

    assert rounds.settle() == [False]
    office.desk.unpark(office.case)
    assert (rounds.settle(), rounds.left) == ([True], [])


def test_a_message_of_a_parked_case_is_found_out_about_and_does_not_go_again(
    rounds: Round,
) -> None:
    """An operator cancelled the workflow with the message on its way."""
    office = rounds.office
    office.email.will(LOST_AND_GONE)
    with pytest.raises(ComeBackLaterError):
        office.remind()
    SqlCaseWatch(office.engine).park(office.case)
    office.older(LEFT_FOR)

    assert (rounds.settle(), rounds.left) == ([True], [])
    office.remind()
    assert (office.state(), len(office.email.calls)) == (OutboundState.NEW, 1)


def test_a_handoff_that_was_left_is_known_to_both_sides_and_called_back(rounds: Round) -> None:
    """Paid meanwhile: the agency has it, so the ledger must know, and wants it back."""
    office = rounds.office
    handoff_left(office)
    office.pay()

    assert (rounds.settle(), rounds.left) == ([True], [])
    assert [dossier.kind for dossier in office.agency.got.values()] == ["case.handed_off"]
    assert office.decide().do == ActionType.RECALL


def test_the_reconcilers_round_settles_marks_and_wakes_who_goes_on(rounds: Round) -> None:
    """The case is not paid: the same step is due again, once its message is known not to be."""
    office, runs = rounds.office, NobodyIsMissing()
    office.email.will(LOST_AND_GONE)
    with pytest.raises(ComeBackLaterError):
        office.remind()
    office.older(LEFT_FOR)
    engine = office.engine
    reconciler = ReconcilerActivities(
        SqlCaseWatch(engine),
        office.desk,
        runs,
        office.clock,
        rounds=SqlRoundLog(engine),
        stuck=SqlStuckCases(engine),
        marks=rounds.watch,
    )
    asyncio.run(reconciler.round())

    assert (office.state(), rounds.left) == (OutboundState.NEW, [])
    assert office.case in runs.woken
