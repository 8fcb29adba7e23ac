"""Lists, the desk and the holds: what people and programs see without any lock."""

from datetime import date, timedelta

from sqlalchemy import Engine, text

from activities.ports.stores.cases import CaseFilter
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.cases import holds
from adapters.ledger.customers import people
from adapters.ledger.queries import reads
from adapters.ledger.tasks import desk
from domain.parties.people import Debtor
from domain.parties.tasks import TaskKind, TaskState
from tests.ledger import factories


def test_cases_are_listed_by_due_date_a_page_at_a_time(
    ledger: SqlLedger, engine: Engine, creditor: str
) -> None:
    days = (3, 1, 2, 2, 1)
    for number, day in enumerate(days):
        factories.opened(ledger, factories.invoice(creditor, f"R-{number}", due=date(2026, 3, day)))

    seen: list[str] = []
    while page := reads.find_cases(
        engine, CaseFilter(creditor=creditor, limit=2, after=seen[-1] if seen else "")
    ):
        seen += [row.case_id for row in page]
    assert [case.rpartition("/")[2] for case in seen] == ["R-1", "R-4", "R-2", "R-3", "R-0"]


def test_a_list_keeps_to_what_was_asked_for(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    settled = factories.opened(ledger, factories.invoice(creditor, "R-2", customer="C-2"))
    factories.opened(ledger, factories.invoice(f"{creditor}-b"))
    with ledger.account_of(case) as account:
        factories.save(account, case)
    with ledger.account_of(settled) as account:
        account.messages.add(settled, factories.paid(), "applied", "")
        factories.save(account, settled, None)

    def listed(**asked: object) -> list[str]:
        wanted = CaseFilter(creditor=creditor, **asked)  # type: ignore[arg-type]  # a test's table
        return [row.case_id for row in reads.find_cases(engine, wanted)]

    assert listed() == [case, settled]
    assert listed(customer="C-2") == [settled]
    assert listed(stage="reminding") == [case]
    assert listed(open_only=True) == [case]
    assert reads.open_case_ids(engine, creditor) == (case,)
    assert reads.case_count(engine, creditor) == 2


def test_a_case_of_which_only_costs_are_left_is_still_listed(
    engine: Engine, creditor: str, case: str
) -> None:
    """Interest and fees that are chased must not vanish from a list because the rest is paid."""
    with engine.begin() as connection:
        left = (
            "UPDATE case_file SET paid = amount, open = 0, costs_left = 4500 WHERE case_id = :case"
        )
        connection.execute(text(left), {"case": case})

    (row,) = reads.find_cases(engine, CaseFilter(creditor=creditor, open_only=True))
    assert (row.open.plain, row.costs_left.plain) == ("0.00", "45.00")


def test_a_line_names_the_customer_and_the_policy(engine: Engine, creditor: str, case: str) -> None:
    people.upsert_debtor(engine, creditor, Debtor(id="C-1", name="Bäckerei Süß"))

    row = reads.case_row(engine, case)
    assert row is not None
    assert (row.customer_name, row.policy) == ("Bäckerei Süß", "short")
    assert reads.case_row(engine, "invoice/nobody/0") is None


def test_a_file_is_looked_at_while_somebody_else_holds_the_account(
    ledger: SqlLedger, engine: Engine, case: str
) -> None:
    with ledger.account_of(case) as account:
        account.messages.add(case, factories.paid(), "new", "")
        mine, theirs = factories.file_of(account, case), reads.file_of(engine, case)

    assert theirs is not None
    assert (len(mine.recorded), len(theirs.recorded)) == (1, 0)
    assert reads.file_of(engine, "invoice/nobody/0") is None
    assert reads.file_of(engine, case) == mine


def test_a_task_lies_on_the_desk_once_and_is_done_once(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    task = Task(
        key=f"call/{case}",
        kind=TaskKind.CALL,
        case=case,
        title="call",
        owner="eva",
        due_at=factories.NOON,
    )
    with ledger.account_of(case) as account:
        assert account.tasks.add(task) is True
        assert account.tasks.add(task) is False

    (row,) = desk.find_tasks(engine, TaskFilter(creditor=creditor))
    assert (row.task, row.status, row.done_at) == (task, "open", None)
    assert desk.finish_task(engine, task.key, "eva", "pays on Friday") is True
    assert desk.finish_task(engine, task.key, "tom", "again") is False
    assert desk.finish_task(engine, "no such task", "tom") is False

    assert desk.find_tasks(engine, TaskFilter(creditor=creditor)) == ()
    (done,) = desk.find_tasks(engine, TaskFilter(status=TaskState.DONE, case=case))
    assert (done.task, done.done_by, done.done_note) == (task, "eva", "pays on Friday")
    assert done.done_at is not None


def test_the_desk_shows_the_most_urgent_first_and_nobody_elses(
    engine: Engine, creditor: str
) -> None:
    def put(name: str, company: str, days: int | None, owner: str = "") -> None:
        due = None if days is None else factories.NOON + timedelta(days=days)
        case = f"invoice/{company}/{name}"
        desk.put_task(
            engine,
            Task(key=case, kind=TaskKind.CALL, case=case, title=name, owner=owner, due_at=due),
        )

    put("some day", creditor, None)
    put("tomorrow", creditor, 1, "eva")
    put("today", creditor, 0)
    put("theirs", f"{creditor}-b", 0)
    put("not_a_wildcard", creditor.replace("-", "_"), 0)

    def titles(owner: str = "") -> list[str]:
        found = desk.find_tasks(engine, TaskFilter(creditor=creditor, owner=owner))
        return [row.task.title for row in found]

    assert titles() == ["today", "tomorrow", "some day"]
    assert titles("eva") == ["tomorrow"]


def test_a_hold_on_one_creditor_stops_only_them(
    ledger: SqlLedger, engine: Engine, creditor: str, case: str
) -> None:
    other = factories.opened(ledger, factories.invoice(f"{creditor}-b"))
    assert holds.set_hold(engine, creditor, on=True, by="eva") is True
    assert holds.set_hold(engine, creditor, on=True, by="tom") is False

    assert [_on_hold(ledger, each) for each in (case, other)] == [True, False]
    assert [hold.by for hold in holds.holds(engine) if hold.scope == creditor] == ["eva"]
    assert holds.set_hold(engine, creditor, on=False) is True
    assert holds.set_hold(engine, creditor, on=False) is False
    assert _on_hold(ledger, case) is False


def test_a_hold_on_everything_is_seen_by_pages_already_open(fresh_engine: Engine) -> None:
    ledger = SqlLedger(fresh_engine)
    case = factories.opened(ledger, factories.invoice("acme"))
    with ledger.account_of(case) as account:
        assert factories.file_of(account, case).on_hold is False
        holds.set_hold(fresh_engine, on=True)
        assert factories.file_of(account, case).on_hold is True
    assert holds.is_held(fresh_engine) is True
    assert holds.is_held(fresh_engine, "anybody") is True
    holds.set_hold(fresh_engine, on=False)
    assert holds.is_held(fresh_engine, "anybody") is False


def _on_hold(ledger: SqlLedger, case: str) -> bool:
    with ledger.account_of(case) as account:
        return factories.file_of(account, case).on_hold
