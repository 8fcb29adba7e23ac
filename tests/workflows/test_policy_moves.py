"""A running case that is moved to another policy: woken, it decides anew, and repeats nothing."""

from dataclasses import replace
from datetime import timedelta

from activities.cases.change_policy import Orders, move
from activities.ports.stores.policies import PolicyScope
from adapters.ledger.policies import policies
from domain.message_types import ActionType
from domain.policy.model import Anchor, Base
from domain.wire import InvoiceInput
from tests.workflows.factories import BRISK, WorkflowHarness

LATER = replace(
    BRISK,
    name="later",
    steps=(BRISK.steps[0], replace(BRISK.steps[1], on=Anchor(Base.DUE, 12)), BRISK.steps[2]),
)


def _moved(application: WorkflowHarness, case: str) -> bool:
    orders = Orders(policy=LATER, at=application.now, by="ann")
    return move(application.desk._ledger, case, orders)


async def test_a_sleeping_case_is_woken_and_goes_on_by_the_new_policy(
    application: WorkflowHarness,
) -> None:
    """The step that was done stays done, the next one falls on its new date."""
    handle = await application.open()
    after_the_first = await application.next(handle)
    assert (after_the_first.next_step, application.steps(handle.id)) == ("call", ["polite"])

    await application.clock(handle)
    before = application.number(handle.id)
    assert _moved(application, handle.id)
    await application.amicable.wake([handle.id])
    row = await application.decided(handle, before)

    assert (row.policy, row.next_step) == ("later", "final")
    assert (await application.next(handle)).next_step == "call"
    assert application.steps(handle.id) == ["polite", "final"]


async def test_a_case_that_nobody_woke_never_acts_by_the_old_policy(
    application: WorkflowHarness,
) -> None:
    """Whoever moved it died before waking it: its own timer looks last by the new policy."""
    handle = await application.open()
    await application.next(handle)
    await application.clock(handle)
    assert _moved(application, handle.id)

    before = application.number(handle.id)
    await application.env.fast_forward(handle, timedelta(days=4))
    await application.decided(handle, before)
    assert "call" not in application.steps(handle.id)


async def test_a_case_that_another_system_starts_gets_the_chosen_policy(
    application: WorkflowHarness,
) -> None:
    creditor = application.creditor()
    policies.choose_policy(application.engine, PolicyScope(creditor=creditor), LATER, "ann")
    invoice = application.invoice(creditor)
    given = {
        "number": invoice.number,
        "customer": invoice.customer,
        "issued": invoice.issued.isoformat(),
        "due": invoice.due.isoformat(),
        "amount": "119.00",
        "currency": "EUR",
    }
    await application.client.start_workflow(
        "InvoiceWorkflow", InvoiceInput(invoice=given), id=invoice.case_id, task_queue="amicable"
    )
    await application.until(lambda: application.number(invoice.case_id) > 0)

    row = application.row(invoice.case_id)
    assert (row.policy, row.next_do) == ("later", ActionType.REMIND.value)
