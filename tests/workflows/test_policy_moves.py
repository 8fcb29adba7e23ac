"""A running case that is moved to another policy: woken, it decides anew, and repeats nothing."""

from dataclasses import replace
from datetime import timedelta

from activities.cases.change_policy import Orders, move
from adapters.ledger.policies import policies
from adapters.ledger.policies.policies import PolicyScope
from domain.message_types import ActionType
from domain.policy.model import Anchor, Base
from domain.wire import InvoiceInput
from tests.workflows.factories import BRISK, House

LATER = replace(
    BRISK,
    name="later",
    steps=(BRISK.steps[0], replace(BRISK.steps[1], on=Anchor(Base.DUE, 12)), BRISK.steps[2]),
)


def _moved(house: House, case: str) -> bool:
    orders = Orders(policy=LATER, at=house.now, by="ann")
    return move(house.desk._ledger, case, orders)


async def test_a_sleeping_case_is_woken_and_goes_on_by_the_new_policy(house: House) -> None:
    """The step that was done stays done, the next one falls on its new date."""
    handle = await house.open()
    after_the_first = await house.next(handle)
    assert (after_the_first.next_step, house.steps(handle.id)) == ("call", ["polite"])

    await house.clock(handle)
    before = house.number(handle.id)
    assert _moved(house, handle.id)
    await house.amicable.wake([handle.id])
    row = await house.decided(handle, before)

    assert (row.policy, row.next_step) == ("later", "final")
    assert (await house.next(handle)).next_step == "call"
    assert house.steps(handle.id) == ["polite", "final"]


async def test_a_case_that_nobody_woke_never_acts_by_the_old_policy(house: House) -> None:
    """Whoever moved it died before waking it: its own timer looks last by the new policy."""
    handle = await house.open()
    await house.next(handle)
    await house.clock(handle)
    assert _moved(house, handle.id)

    before = house.number(handle.id)
    await house.env.fast_forward(handle, timedelta(days=4))
    await house.decided(handle, before)
    assert "call" not in house.steps(handle.id)


async def test_a_case_that_another_system_starts_gets_the_chosen_policy(house: House) -> None:
    creditor = house.creditor()
    policies.choose_policy(house.engine, PolicyScope(creditor=creditor), LATER, "ann")
    invoice = house.invoice(creditor)
    given = {
        "number": invoice.number,
        "customer": invoice.customer,
        "issued": invoice.issued.isoformat(),
        "due": invoice.due.isoformat(),
        "amount": "119.00",
        "currency": "EUR",
    }
    await house.client.start_workflow(
        "InvoiceWorkflow", InvoiceInput(invoice=given), id=invoice.case_id, task_queue="amicable"
    )
    await house.until(lambda: house.number(invoice.case_id) > 0)

    row = house.row(invoice.case_id)
    assert (row.policy, row.next_do) == ("later", ActionType.REMIND.value)
