"""A provider's bad hour costs no customer a step and no collector a task of their own.

Monday, 2 March 2026: from nine on the mail provider answers nobody.
"""

from datetime import timedelta

import pytest
from sqlalchemy import text

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import OutboundState
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import GRACE, Sender
from adapters.ledger.queries.breakers import SqlBreakers
from adapters.ledger.tasks import desk
from domain.contact.breaker import FAILURES_RUNNING
from domain.wire import CaseActivityInput
from tests.activities.sending_harness import FENCE, MINUTE, NINE, Office
from tests.fakes import DOWN, LOST_AND_GONE, FakeChannel


class Shift:
    """Workers that share one ledger, and a provider that no other test has."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.provider = f"bad-{office.creditor}"
        office.email = FakeChannel("email", provider=self.provider, index_lag=MINUTE)
        self.breakers = SqlBreakers(office.engine)

    @property
    def name(self) -> str:
        """What the breaker is kept for."""
        return f"email/{self.provider}"

    def fails(self, times: int) -> None:
        """Other customers' messages fail."""
        for _ in range(times):
            self.breakers.failed(self.name, self.office.now, "no answer in 10 s")

    def remind(self) -> None:
        """A worker of its own tries the reminder."""
        office = self.office
        ways = {"email": office.email, "sms": office.sms}
        turn = CaseActivityInput(case=office.case, do="remind", step="polite", at=NINE)
        breakers = SqlBreakers(office.engine)
        sender = Sender(office.ledger, ways, office.letters, breakers=breakers)
        sender.send(turn, office.clock)

    def questions(self, status: str = "open") -> list[str]:
        """What lies on the desk about the provider."""
        query = text("SELECT title FROM task WHERE key LIKE :key AND status = :status")
        with self.office.engine.connect() as link:
            given = {"key": f"breaker/{self.name}/%", "status": status}
            return list(link.execute(query, given).scalars())


@pytest.fixture
def shift(office: Office) -> Shift:
    """Nine o'clock on 2 March."""
    return Shift(office)


def test_a_provider_that_fails_is_called_by_nobody_and_one_question_is_asked(
    shift: Shift, office: Office
) -> None:
    shift.fails(FAILURES_RUNNING + 3)
    shift.remind()

    assert (office.email.calls, office.sms.calls) == ([], []), "no other way either: it waits"
    assert office.state() is None, "nothing is marked, nothing has to be found out"
    assert office.tasks() == []
    assert shift.questions() == [
        f"{shift.name} fails again and again; messages wait until it answers: no answer in 10 s"
    ]


def test_one_failure_less_and_the_message_goes_out_and_all_is_forgotten(
    shift: Shift, office: Office
) -> None:
    shift.fails(FAILURES_RUNNING - 1)
    shift.remind()
    shift.fails(1)

    assert len(office.email.taken) == 1
    assert (shift.questions(), shift.breakers.wait(shift.name, office.now)) == ([], None)


def test_after_the_pause_one_message_finds_out_and_an_answer_lets_all_others_go(
    shift: Shift, office: Office
) -> None:
    shift.fails(FAILURES_RUNNING)
    office.now += 5 * MINUTE
    assert shift.breakers.enter(shift.name, office.now) is None, "another worker's probe"
    shift.remind()
    assert office.email.calls == []

    office.now += MINUTE
    shift.remind()
    assert len(office.email.taken) == 1
    assert shift.breakers.wait(shift.name, office.now) is None
    assert (shift.questions(), len(shift.questions("done"))) == ([], 1)


def test_a_probe_that_fails_leaves_it_alone_for_longer(shift: Shift, office: Office) -> None:
    shift.fails(FAILURES_RUNNING)
    office.now += 5 * MINUTE
    office.email.will(DOWN)
    shift.remind()

    until = shift.breakers.wait(shift.name, office.now)
    assert until == office.now + timedelta(minutes=10)
    assert len(shift.questions()) == 1


def _lost(office: Office) -> None:
    office.email.will(LOST_AND_GONE)
    with pytest.raises(ComeBackLaterError):
        office.remind()
    office.older(FENCE + MINUTE)
    with pytest.raises(ComeBackLaterError):
        office.remind()


@pytest.mark.parametrize("short", [MINUTE, timedelta()])
def test_where_the_search_is_complete_a_late_no_is_believed_and_the_step_is_not_lost(
    office: Office, short: timedelta
) -> None:
    """At fourteen minutes it is asked again, at fifteen the mail goes out once more."""
    office.email = FakeChannel("email", index_lag=MINUTE, complete_after=GRACE)
    _lost(office)
    office.older(GRACE - FENCE - MINUTE - short)
    if short:
        with pytest.raises(ComeBackLaterError):
            office.remind()
        return
    office.remind()
    assert office.state() is OutboundState.NEW
    office.remind()
    assert (len(office.email.taken), office.results()) == (1, [("polite", "accepted")])
    assert office.tasks("unknown") == []


def test_a_search_that_is_complete_only_later_is_not_believed_before(office: Office) -> None:
    office.email = FakeChannel("email", index_lag=MINUTE, complete_after=4 * GRACE)
    _lost(office)
    office.older(GRACE)
    with pytest.raises(ComeBackLaterError):
        office.remind()
    office.older(3 * GRACE)
    office.remind()

    assert office.state() is OutboundState.NEW


def test_a_search_that_cannot_tell_is_no_no_even_where_it_is_complete(office: Office) -> None:
    office.email = FakeChannel("email", index_lag=MINUTE, complete_after=GRACE)
    office.email.blind = True
    _lost(office)
    office.older(GRACE)
    office.remind()

    assert office.results() == [("polite", "unknown_closed")]


def test_the_desk_of_each_creditor_stays_empty(shift: Shift, office: Office) -> None:
    shift.fails(FAILURES_RUNNING)
    shift.remind()
    assert desk.find_tasks(office.engine, TaskFilter(creditor=office.creditor)) == ()
