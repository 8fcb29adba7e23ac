"""A task about no case lies on the desk of the creditor that its key names, or on everybody's."""

import pytest
from sqlalchemy import Engine

from activities.ports.stores.tasks import TaskFilter
from activities.ports.types import Task
from adapters.ledger.tasks.desk import find_tasks, finish_begun, put_task
from domain.parties.tasks import TaskKind


@pytest.mark.parametrize(
    ("key", "others"),
    [
        ("agency/interface/{creditor}/nordwind/2026-03-02", False),
        ("billing-system/{creditor}/books/2026-03-02", False),
        ("retention/{creditor}/2026-03-02", False),
        ("bank/{creditor}/E-1/0", False),
        ("stuck/payment/{creditor}/bank/B-1/20260302T080000", False),
        ("reconciler/desk/{creditor}", True),
    ],
)
def test_what_names_a_creditor_is_seen_there_and_a_failed_round_by_everybody(
    engine: Engine, creditor: str, key: str, others: bool
) -> None:
    mine = key.format(creditor=creditor)
    put_task(engine, Task(key=mine, kind=TaskKind.QUESTION, case="", title="look"))

    seen = [
        mine in [row.task.key for row in find_tasks(engine, TaskFilter(creditor=who))]
        for who in (creditor, f"{creditor}-2")
    ]
    assert seen == [True, others]
    finish_begun(engine, mine, "seen")


@pytest.mark.parametrize(
    "key",
    [
        "breaker/sendgrid/{}",
        "mailbox/{}",
        "unheard/{}",
        "unrouted/email/{}",
        "unread/sendgrid/{}",
        "unmatched/sendgrid/{}",
        "unapplied/mail/{}",
        "channel/sendgrid/blocked/{}",
        "stuck/many/{}",
        "reconciler/desk/{}",
    ],
)
def test_what_fails_for_all_creditors_is_a_question_about_the_installation(
    engine: Engine, creditor: str, key: str
) -> None:
    mine, theirs = key.format(creditor), f"bank/{creditor}/E-9/0"
    for one in (mine, theirs):
        put_task(engine, Task(key=one, kind=TaskKind.QUESTION, case="", title="look"))
    wanted = TaskFilter(of_the_installation=True, limit=1000)
    seen = {row.task.key for row in find_tasks(engine, wanted)}
    for one in (mine, theirs):
        finish_begun(engine, one, "seen")

    assert mine in seen
    assert theirs not in seen
