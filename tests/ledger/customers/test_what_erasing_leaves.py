"""Erasing a person leaves the work that is still to do, and the names of colleagues (P81)."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from activities.cases.session import Session
from activities.payments.posting import post
from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.account.ledger import SqlLedger
from adapters.ledger.queries import reads
from adapters.ledger.tasks import desk
from domain.message_types import MessageType
from domain.parties.tasks import TaskKind
from tests.ledger import factories
from tests.ledger.customers import canary


@pytest.fixture
def lived(ledger: SqlLedger, engine: Engine, creditor: str) -> str:
    """A case in which the canary stands wherever people write; it is paid in the end."""
    return canary.lived_case(ledger, engine, creditor)


MONEY = "payment P-9 of C-1: 1301.00 EUR fit no invoice; allocate or refund"
SENT = {"customer": "C-1", "id": "P-8", "amount": "5.00"}


def test_money_on_the_account_keeps_its_sum_and_ids_on_the_desk(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    """1301.00 EUR of an erased customer lie on the account: somebody has to give them back."""
    paid = replace(factories.money_in(creditor, minor=130100), id="P-9", note=canary.CANARY)
    post(ledger, replace(paid, invoices=("R-9",)), factories.NOON + 2 * canary.HOUR)

    canary.forget(engine, creditor)
    assert canary.sightings(engine) == []
    rest = next(one for one in _open(engine, creditor) if one.key.endswith("/P-9"))
    assert (rest.title, rest.detail) == (MONEY, "")
    assert rest.suggestions


def test_a_payment_that_could_not_be_posted_keeps_what_it_takes_to_post_it(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    unposted = Task(
        key=f"unposted/payment/{creditor}/bank/P-8",
        kind=TaskKind.REFUSED,
        case="",
        title=f"a payment could not be posted: '{canary.CANARY}' is no currency",
        detail=str(SENT | {"note": canary.CANARY}),
    )
    with ledger.account_of(lived) as account:
        account.tasks.add(unposted)

    canary.forget(engine, creditor)
    assert canary.sightings(engine) == []
    unread = next(one for one in _open(engine, creditor) if one.key == unposted.key)
    assert unread.title == "a payment could not be posted: … is no currency"
    assert unread.detail == str(SENT)


def test_work_that_is_done_keeps_who_did_it(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    key, title = f"done/{lived}", f"call {canary.CANARY}"
    with ledger.account_of(lived) as account:
        account.tasks.add(Task(key=key, kind=TaskKind.CALL, case=lived, title=title))
    desk.finish_task(engine, key, by="ann", note=canary.CANARY)

    canary.forget(engine, creditor)
    finished = desk.find_task(engine, key)
    assert finished is not None
    assert (finished.task.title, finished.done_by) == ("erased", "ann")


def _open(engine: Engine, creditor: str) -> list[Task]:
    return [row.task for row in desk.find_tasks(engine, TaskFilter(creditor=creditor))]


def test_a_collector_s_name_is_no_data_of_the_customer(
    engine: Engine, ledger: SqlLedger, creditor: str, lived: str
) -> None:
    """P81: the report on promises still says whose they were."""
    with ledger.account_of(lived) as account:
        session = Session(account, lived, factories.NOON + 3 * canary.HOUR)
        for by in ("ann", f"{canary.CANARY} (by phone)"):
            session.add(
                replace(
                    factories.said(f"note-{by}", MessageType.CALL_RESULT), by=by, reason="no_answer"
                )
            )
        session.keep()

    canary.forget(engine, creditor)
    told = {noted.message.key: noted.message.by for noted in reads.messages_of(engine, lived)}
    assert told["note-ann"] == "ann"
    assert told[f"note-{canary.CANARY} (by phone)"] == ""
