"""Erasing a person: nothing personal is left anywhere, everything else is as it was."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, LargeBinary, Text, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import DBAPIError

from activities.cases.session import Session
from activities.payments.posting import post
from activities.ports.stores.cases import CaseFilter
from activities.ports.stores.customers import Erased
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import ConflictError, OutboundState, Receipt, Sent, Task
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.customers import flags, people
from adapters.ledger.erasure import erasure
from adapters.ledger.erasure.erasing import KEPT, PERSONAL
from adapters.ledger.inbound.events import ProviderEvent, note_event
from adapters.ledger.queries import reads
from adapters.ledger.tables import METADATA
from adapters.ledger.tasks import desk
from domain.message_types import ActionType, MessageType, Stage
from domain.parties.people import Debtor
from domain.parties.tasks import TaskKind
from starter.views.looking import look_at_case
from tests.ledger import factories
from tests.ledger.customers import canary

CANARY = canary.CANARY
TEXTS = (Text, ARRAY, JSONB, LargeBinary)
HOUR = timedelta(hours=1)
TAKEN = Receipt(sent=Sent.ACCEPTED, provider_id="SG", detail=CANARY)
PERSON = Debtor(
    id="C-1",
    name=f"{CANARY} Ltd",
    email=f"{CANARY}@example.com",
    phone=f"+49 {CANARY}",
    sales_rep=CANARY,
    bad_points=(CANARY,),
    zone="Europe/Berlin",
)

HEARD = (MessageType.DISPUTE_OPENED, MessageType.DISPUTE_SETTLED, MessageType.CALL_RESULT)


@pytest.fixture
def lived(ledger: SqlLedger, engine: Engine, creditor: str) -> str:
    """A case in which the canary stands wherever people write; it is paid in the end."""
    people.upsert_debtor(engine, creditor, PERSON)
    case = factories.opened(ledger, factories.invoice(creditor))
    with ledger.account_of(case) as account:
        session = Session(account, case, factories.NOON)
        for kind in HEARD:
            said = replace(factories.said(kind.value, kind), note=CANARY, by=CANARY, reason=CANARY)
            session.add(said)
        flown = account.outbound.take_off(case, "polite", 1, "email", CANARY)
        account.outbound.land(flown, OutboundState.ACCEPTED, TAKEN)
        session.act(replace(factories.deed(), why=CANARY))
        account.tasks.add(
            Task(key=f"t/{case}", kind=TaskKind.QUESTION, case=case, title="?", detail=CANARY)
        )
        account.customer.set_flag("vulnerable", on=True, why=CANARY, by="ann")
        session.decide()
    note_event(
        engine,
        ProviderEvent(
            dedupe_key=f"e/{case}", message_id=flown.id, provider="x", kind="open", raw=CANARY
        ),
    )
    canary.evidence(engine, case, "")
    canary.evidence(engine, case, "invoice")
    canary.other_ways(engine, creditor)
    canary.loose_report(engine, creditor)
    paid = replace(factories.money_in(creditor, minor=12000), note=CANARY)
    post(ledger, paid, factories.NOON + HOUR)
    with ledger.account_of(case) as account:
        Session(account, case, factories.NOON + 2 * HOUR).decide()
    return case


def sightings(engine: Engine) -> list[str]:
    """Every column of the whole database in which the canary stands."""
    found = []
    with engine.connect() as link:
        for name, table in METADATA.tables.items():
            for column in table.columns:
                if not isinstance(column.type, TEXTS):
                    continue
                shown: Any = cast(column, Text)
                if isinstance(column.type, LargeBinary):
                    shown = func.encode(column, "escape")
                if link.execute(select(func.count()).where(shown.contains(CANARY))).scalar():
                    found.append(f"{name}.{column.name}")
    return found


def forget(engine: Engine, creditor: str) -> Erased:
    return erasure.erase_customer(engine, creditor, "C-1", by="ann", why="asked to on 1 March")


def test_nothing_of_a_person_is_left_in_any_text_of_any_table(
    engine: Engine, creditor: str, lived: str
) -> None:
    """GDPR Art. 17; the canary sat in every place that takes words."""
    before = sightings(engine)
    assert {place.split(".")[0] for place in before} >= set(PERSONAL) - {
        "case_file",
        "contact",
        "credit_change",
        "payment_refund",
    }

    forget(engine, creditor)
    assert sightings(engine) == []


def test_totals_and_the_case_are_what_they_were(engine: Engine, creditor: str, lived: str) -> None:
    wanted, view = CaseFilter(creditor=creditor), _view(engine, lived)
    before = [replace(r, customer_name="", next_why="") for r in reads.find_cases(engine, wanted)]

    forget(engine, creditor)
    after = [replace(r, customer_name="", next_why="") for r in reads.find_cases(engine, wanted)]
    again = _view(engine, lived)
    assert after == before
    assert (again.case.paid, again.case.outcome, again.case.surplus) == (
        view.case.paid,
        view.case.outcome,
        view.case.surplus,
    )
    assert again.file.recorded[0].status == view.file.recorded[0].status


def _view(engine: Engine, case: str) -> Any:
    file = reads.file_of(engine, case)
    assert file is not None
    return look_at_case(file, factories.NOON + 3 * HOUR)


def test_it_is_kept_who_erased_when_and_why_and_twice_is_once(
    engine: Engine, creditor: str, lived: str
) -> None:
    first, second = forget(engine, creditor), forget(engine, creditor)

    assert (first.again, second.again, second.at) == (False, True, first.at)
    assert sum(second.rows.values()) == 1  # the account's own row
    found = [mark for mark in flags.marks(engine, creditor, "C-1") if mark.flag == erasure.ERASED]
    assert [(mark.by, mark.why) for mark in found] == [("ann", "asked to on 1 March")]


def test_afterwards_nothing_can_be_sent_and_a_person_decides(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    """The invoice is owed again: the case goes on, without the person."""
    forget(engine, creditor)
    with ledger.account_of(lived) as account:
        session = Session(account, lived, factories.NOON + 5 * HOUR)
        at = factories.NOON + 4 * HOUR
        session.add(replace(factories.said("back", MessageType.PAYMENT_REVERSED), at=at))
        decision = session.decide()
        assert session.file.debtor.reach("email") == session.file.debtor.reach("sms") == ""

    assert (decision.do, decision.step) == (ActionType.ASK_PERSON.value, "human-only")


def test_an_import_does_not_bring_the_person_back_but_a_word_does(
    engine: Engine, creditor: str, lived: str
) -> None:
    forget(engine, creditor)
    people.upsert_debtor(engine, creditor, PERSON)
    assert sightings(engine) == []
    assert set(erasure.erased(engine, creditor, ["C-1", "C-2"])) == {"C-1"}

    assert erasure.take_up_again(engine, creditor, "C-1", by="ann", why="a new order")
    assert not erasure.take_up_again(engine, creditor, "C-1", by="ann", why="a new order")
    people.upsert_debtor(engine, creditor, replace(PERSON, name="New", email="", bad_points=()))
    known = people.get_debtor(engine, creditor, "C-1")
    assert known is not None
    assert known.name == "New"
    forget(engine, creditor)


@pytest.mark.parametrize("stage", [Stage.REMINDING, Stage.WITH_AGENCY])
def test_what_is_open_or_with_the_agency_is_not_erased(
    engine: Engine, ledger: SqlLedger, creditor: str, case: str, stage: Stage
) -> None:
    """Art. 17 (3) (e): the data is needed for the claim."""
    with ledger.account_of(case) as account:
        factories.save(account, case, replace(factories.WAIT, stage=stage.value))

    with pytest.raises(ConflictError, match=case):
        forget(engine, creditor)
    assert erasure.obstacles(engine, creditor, "C-1")
    assert erasure.erased(engine, creditor, ["C-1"]) == {}


def test_another_customer_and_another_creditor_keep_theirs(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    other = replace(PERSON, id="C-2", name="Ford")
    people.upsert_debtor(engine, creditor, other)
    people.upsert_debtor(engine, f"{creditor}-b", replace(PERSON, name="Ford"))

    forget(engine, creditor)
    kept = [people.get_debtor(engine, creditor, "C-2")]
    kept.append(people.get_debtor(engine, f"{creditor}-b", "C-1"))
    assert [one.name for one in kept if one] == ["Ford", "Ford"]
    for who, customer in ((creditor, "C-2"), (f"{creditor}-b", "C-1")):
        erasure.erase_customer(engine, who, customer, by="ann", why="tidy")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE message SET note = ''",
        "UPDATE deed SET why = ''",
        "UPDATE payment SET amount = 1",
        "DELETE FROM deed",
        "DELETE FROM message",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE payment SET amount = 1",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE payment SET note = 'other words'",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE message SET note = 'other words'",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE message SET amount = 1, note = ''",
        "SET LOCAL amicable.erasing = 'yes'; UPDATE policy SET body = ''",
        "SET LOCAL amicable.erasing = 'yes'; DELETE FROM evidence",
    ],
)
def test_facts_still_only_grow(engine: Engine, creditor: str, lived: str, change: str) -> None:
    with pytest.raises(DBAPIError, match=r"only grows|is a fact"), engine.begin() as link:
        link.exec_driver_sql(change)
    forget(engine, creditor)


def test_every_text_column_is_said_to_be_personal_or_kept() -> None:
    """A new column cannot be forgotten: name it in adapters/ledger/erasure/erasing.py."""
    found = {
        (name, column.name)
        for name, table in METADATA.tables.items()
        for column in table.columns
        if isinstance(column.type, TEXTS)
    }
    named = {(table, name) for table, names in PERSONAL.items() for name in names}
    kept = {(table, name) for table, names in KEPT.items() for name in names.split()}

    assert found == named | kept
    assert not named & kept


MONEY = "payment P-9 of C-1: 1301.00 EUR fit no invoice; allocate or refund"


def test_work_still_to_do_keeps_its_money_and_ids_and_work_done_keeps_nothing(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    """1301.00 EUR of an erased customer lie on the account: somebody has to give them back."""
    paid = replace(factories.money_in(creditor, minor=130100), id="P-9", note=CANARY)
    post(ledger, replace(paid, invoices=("R-9",)), factories.NOON + 2 * HOUR)
    with ledger.account_of(lived) as account:
        done = Task(
            key=f"done/{lived}", kind=TaskKind.CALL, case=lived, title=f"call {CANARY}", detail="?"
        )
        account.tasks.add(done)
        sent = str({"customer": "C-1", "id": "P-8", "amount": "5.00", "note": CANARY})
        unposted = Task(
            key=f"unposted/payment/{creditor}/bank/P-8",
            kind=TaskKind.REFUSED,
            case="",
            title=f"a payment could not be posted: '{CANARY}' is no currency",
            detail=sent,
        )
        account.tasks.add(unposted)
    desk.finish_task(engine, done.key, by="ann", note=CANARY)

    forget(engine, creditor)
    assert sightings(engine) == []
    found = {row.task.key: row for row in desk.find_tasks(engine, TaskFilter(creditor=creditor))}
    rest = next(row for key, row in found.items() if key.endswith("/P-9"))
    assert (rest.task.title.split(": ")[1], rest.task.detail) == (MONEY.split(": ")[1], "")
    assert "P-9 of C-1" in rest.task.title
    assert rest.task.suggestions
    unread = found[unposted.key].task
    assert unread.title == "a payment could not be posted: … is no currency"
    assert unread.detail == str({"customer": "C-1", "id": "P-8", "amount": "5.00"})
    finished = desk.find_task(engine, done.key)
    assert finished is not None
    assert (finished.task.title, finished.done_by) == ("erased", "ann")


def test_a_collector_s_name_is_no_data_of_the_customer(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    """P81: the report on promises still says whose they were."""
    with ledger.account_of(lived) as account:
        session = Session(account, lived, factories.NOON + 3 * HOUR)
        for by in ("ann", f"{CANARY} (by phone)"):
            session.add(
                replace(
                    factories.said(f"note-{by}", MessageType.CALL_RESULT), by=by, reason="no_answer"
                )
            )
        session.keep()

    forget(engine, creditor)
    told = {noted.message.key: noted.message.by for noted in reads.messages_of(engine, lived)}
    assert told["note-ann"] == "ann"
    assert told[f"note-{CANARY} (by phone)"] == ""
