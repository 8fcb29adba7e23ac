"""Data is kept as long as the creditor said and not longer; whoever has anything open stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from activities.ports.types import Task
from activities.services.customers.erasure import ErasureService
from activities.services.customers.retention import RetentionService
from activities.services.customers.retention_watch import RetentionWatch
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import flags, people
from adapters.ledger.erasure import erasure
from adapters.ledger.stores.cases import SqlCaseLists
from adapters.ledger.stores.erasure import SqlErasureStore
from adapters.runtime.machine import machine_clock
from domain.errors import DomainError
from domain.parties.people import Debtor
from tests.ledger.customers import canary


def _service(engine: Engine) -> RetentionService:
    return ErasureService(SqlErasureStore(engine), SqlCaseLists(engine)).retention


def _in(days: int) -> datetime:
    """So many days from now: what is recorded has the database's own clock."""
    return machine_clock() + timedelta(days=days)


@pytest.fixture
def lived(ledger: SqlLedger, engine: Engine, creditor: str) -> Iterator[str]:
    """A case with everything in it, paid and closed; nothing of it is left to other tests."""
    case = canary.lived_case(ledger, engine, creditor)
    with engine.begin() as link:
        query = "UPDATE case_file SET outcome = 'paid', stage = 'closed' WHERE case_id = :case"
        link.execute(text(query), {"case": case})
    yield case
    canary.forget(engine, creditor)


def _due(engine: Engine, creditor: str, ahead: int) -> list[str]:
    return [one.customer for one in _service(engine).due(creditor, _in(ahead), 100)]


def test_without_a_rule_nobody_is_erased_however_long_it_is(
    engine: Engine, creditor: str, lived: str
) -> None:
    assert _service(engine).rule(creditor).months == 0
    assert _due(engine, creditor, 40_000) == []


def test_only_after_so_many_months_of_silence_and_looking_changes_nothing(
    engine: Engine, creditor: str, lived: str
) -> None:
    service = _service(engine)
    service.set_rule(creditor, 2, "ann")

    assert (_due(engine, creditor, 58), _due(engine, creditor, 63)) == ([], ["C-1"])
    assert canary.sightings(engine)


def test_it_erases_as_a_person_does_and_says_who_and_why(
    engine: Engine, creditor: str, lived: str
) -> None:
    _service(engine).set_rule(creditor, 2, "ann")
    (done,) = _service(engine).carry_out(creditor, _in(63), 100, "night")

    assert (done.customer, done.kept) == ("C-1", ())
    assert canary.sightings(engine) == []
    (mark,) = [one for one in flags.marks(engine, creditor, "C-1") if one.flag == erasure.ERASED]
    assert mark.by == "night"
    assert mark.why == f"kept for 2 months after {done.last:%Y-%m-%d}"
    assert _due(engine, creditor, 400) == [], "whoever was erased is not listed again"


def test_whoever_has_anything_open_is_kept(
    engine: Engine, ledger: SqlLedger, creditor: str, case: str
) -> None:
    """However old it is: the data is needed for the claim."""
    _service(engine).set_rule(creditor, 1, "ann")
    assert _due(engine, creditor, 400) == []
    with engine.begin() as link:
        query = "UPDATE case_file SET stage = 'with_agency', outcome = 'paid' WHERE case_id = :case"
        link.execute(text(query), {"case": case})

    (kept,) = _service(engine).due(creditor, _in(400), 100)
    (done,) = _service(engine).carry_out(creditor, _in(400), 100, "night")
    assert kept == done
    assert "with the agency" in kept.kept[0]
    assert not erasure.erased(engine, creditor, [kept.customer])


def test_a_word_of_yesterday_counts_and_another_creditor_is_left_alone(
    engine: Engine, creditor: str, lived: str
) -> None:
    people.upsert_debtor(engine, f"{creditor}-b", Debtor(id="C-1", name="Somebody else"))
    _service(engine).set_rule(creditor, 2, "ann")
    with engine.begin() as link:
        query = """INSERT INTO note (creditor, customer, case_id, said, by_whom, recorded_at)
            VALUES (:creditor, 'C-1', '', 'called', 'ann', now() + interval '30 days')"""
        link.execute(text(query), {"creditor": creditor})

    assert (_due(engine, creditor, 63), _due(engine, creditor, 95)) == ([], ["C-1"])
    assert _due(engine, f"{creditor}-b", 400) == []


def test_the_newest_rule_counts_and_earlier_ones_stay_on_record(
    engine: Engine, creditor: str
) -> None:
    service = _service(engine)
    for months, who in ((12, "ann"), (36, "bob"), (0, "cem")):
        rule = service.set_rule(creditor, months, who)
        assert (rule.months, rule.by) == (months, who)
    with engine.connect() as link:
        query = "SELECT count(*) FROM retention_rule WHERE creditor = :creditor"
        assert link.execute(text(query), {"creditor": creditor}).scalar_one() == 3


@pytest.mark.parametrize("months", [-1, 1201])
def test_a_rule_that_cannot_be_is_refused(engine: Engine, creditor: str, months: int) -> None:
    with pytest.raises(DomainError, match="months"):
        _service(engine).set_rule(creditor, months, "ann")


class _Desk:
    """Questions that were put on the desk, and ticked off."""

    def __init__(self) -> None:
        self.open: dict[str, Task] = {}

    def put(self, task: Task) -> None:
        self.open[task.key] = task

    def finish(self, beginning: str, _: str) -> None:
        self.open = {key: one for key, one in self.open.items() if not key.startswith(beginning)}


def _go_on(engine: Engine, desk: _Desk, now: datetime) -> None:
    RetentionWatch(_service(engine), desk.put, desk.finish, lambda: now).go_on()


def test_a_rule_that_nobody_switched_on_is_not_carried_out_by_itself(
    engine: Engine, creditor: str, lived: str
) -> None:
    _service(engine).set_rule(creditor, 2, "ann")
    _go_on(engine, _Desk(), _in(100))

    assert canary.sightings(engine)
    assert _service(engine).newest_run(creditor) is None


def test_by_itself_it_says_a_week_before_whom_it_concerns_and_then_does_it_on_record(
    engine: Engine, creditor: str, lived: str
) -> None:
    service, desk = _service(engine), _Desk()
    with engine.begin() as link:  # the rule is set when data is old already
        late = "INSERT INTO retention_rule (creditor, months, by_whom, by_itself, recorded_at)"
        values = " VALUES (:creditor, 2, 'ann', true, :at)"
        link.execute(text(late + values), {"creditor": creditor, "at": _in(63)})
    _go_on(engine, desk, _in(64))
    looked = service.newest_run(creditor)
    (task,) = desk.open.values()

    assert canary.sightings(engine), "a week to look at it"
    assert looked
    assert (looked.due, looked.erased, looked.archived, looked.whole) == (1, 0, 0, True)
    assert task.title == f"1 customers of {creditor} will be erased by themselves"
    assert task.due_at == service.by_itself_from(service.rule(creditor))
    _go_on(engine, desk, _in(71))
    done = service.newest_run(creditor)
    assert done
    assert (done.erased, done.by) == (1, "the rule of ann")
    assert (desk.open, canary.sightings(engine)) == ({}, [])
    _go_on(engine, desk, _in(71) + timedelta(hours=3))
    assert service.newest_run(creditor) == done, "once a day, when nothing is left to do"


def test_closed_cases_are_archived_by_the_rule_alone(
    engine: Engine, creditor: str, lived: str
) -> None:
    service = _service(engine)
    with engine.begin() as link:
        link.execute(text("UPDATE task SET status = 'done' WHERE case_id = :case"), {"case": lived})
    assert service.archive(creditor, _in(400), 10, "ann") == 0
    service.set_rule(creditor, 0, "ann", archive_months=3, by_itself=True)
    _go_on(engine, _Desk(), _in(100))
    run = service.newest_run(creditor)

    assert run
    assert (run.archived, run.erased, run.whole) == (1, 0, True)
    assert service.to_archive(creditor, _in(100)) == 0
    (year,) = service.years(creditor)
    assert (year.cases, year.unharmed) == (1, True)
