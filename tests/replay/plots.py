"""The plots whose histories are kept; each goes past every step it speaks of."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowFailureError, WorkflowHandle

from domain.message_types import MessageType
from tests.workflows.factories import WorkflowHarness

Handle = WorkflowHandle[Any, Any]
Plot = Callable[[WorkflowHarness], Awaitable[Handle]]
MINUTE = timedelta(minutes=1)


async def silent(application: WorkflowHarness) -> Handle:
    """Nobody says a word; in the end it is written off."""
    handle = await _climbed(application, 4)
    await application.amicable.say(handle.id, MessageType.WRITE_OFF, {"id": "w-1"})
    await handle.result()
    return handle


async def silent_in_flight(application: WorkflowHarness) -> Handle:
    """The same, still sleeping before its last demand."""
    return await _climbed(application, 2)


async def promise_kept(application: WorkflowHarness) -> Handle:
    """A promise by update, and the money on its day."""
    handle = await _climbed(application, 1)
    await _promise(application, handle)
    await application.amicable.say(handle.id, MessageType.PAYMENT, {"id": "m", "amount": "119.00"})
    await handle.result()
    return handle


async def promise_broken(application: WorkflowHarness) -> Handle:
    """The promised day passes, the case is called, and goes on."""
    handle = await _climbed(application, 1)
    await _promise(application, handle)
    for _ in range(4):
        await application.next(handle)
    return handle


async def dispute(application: WorkflowHarness) -> Handle:
    """All is contested, settled, and chased again; a bad message comes between."""
    handle = await _climbed(application, 1)
    before = application.number(handle.id)
    await handle.execute_update("dispute_opened", {"id": "d", "reason": "wrong goods"})
    await handle.signal("payment", "what?")
    await application.decided(handle, before + 1)
    await handle.execute_update("dispute_settled", {"id": "d-over"})
    await application.next(handle)
    return handle


async def recalled(application: WorkflowHarness) -> Handle:
    """Money comes when the agency has the case: it is told, recalled, and closed."""
    handle = await _climbed(application, 4)
    await application.amicable.say(handle.id, MessageType.PAYMENT, {"id": "a", "amount": "19.00"})
    await application.until(lambda: "inform" in " ".join(application.steps(handle.id)))
    await application.amicable.say(handle.id, MessageType.PAYMENT, {"id": "b", "amount": "100.00"})
    await handle.result()
    return handle


async def cancelled(application: WorkflowHarness) -> Handle:
    """An operator cancels: the case is parked."""
    handle = await _climbed(application, 1)
    await handle.cancel()
    await _failed(handle)
    return handle


async def cancelled_in_a_deed(application: WorkflowHarness) -> Handle:
    """An operator cancels while a deed fails."""
    handle = await application.open()
    await _break(application, handle)
    await handle.cancel()
    await _failed(handle)
    return handle


async def failed_deed(application: WorkflowHarness) -> Handle:
    """A deed fails for an hour; the case thinks again, and goes on."""
    handle = await application.open()
    await _break(application, handle)
    before = application.number(handle.id)
    for _ in range(8):
        await application.env.fast_forward(handle, 15 * MINUTE)
        if application.number(handle.id) > before:
            break
    application.switch.broken.clear()
    await application.next(handle)
    await application.next(handle)
    return handle


async def from_outside(application: WorkflowHarness) -> Handle:
    """Another system starts the case; a nudge wakes it."""
    case = f"invoice/{application.creditor()}/R-1"
    due = (application.now - timedelta(days=3)).date().isoformat()
    invoice = {"number": "R-1", "customer": "C1", "issued": due, "due": due}
    given = {"invoice": invoice | {"amount": "119.00", "currency": "EUR"}}
    handle = await application.client.start_workflow(
        "InvoiceWorkflow", given, id=case, task_queue="amicable"
    )
    await application.until(lambda: application.number(case) > 0)
    before = application.number(case)
    await handle.signal("nudge")
    await application.decided(handle, before)
    await application.next(handle)
    return handle


async def refused(application: WorkflowHarness) -> Handle:
    """Another system starts a case that cannot be read."""
    case = f"invoice/{application.creditor()}/R-1"
    handle = await application.client.start_workflow(
        "InvoiceWorkflow", {"invoice": {"number": "R-1"}}, id=case, task_queue="amicable"
    )
    await handle.result()
    return handle


async def posting(application: WorkflowHarness) -> Handle:
    """A payment by a system that only speaks Temporal settles a case."""
    case = await application.open()
    creditor = case.id.split("/")[1]
    given = {"customer": "C1", "amount": "119.00", "currency": "EUR", "invoices": ["R-1"]}
    handle = await application.client.start_workflow(
        "PostPayment", given, id=f"payment/{creditor}/bank/B-1", task_queue="amicable"
    )
    await handle.result()
    await case.result()
    return handle


async def burst(application: WorkflowHarness) -> Handle:
    """More is said in the start delay than is heard at once; the case goes on after it."""
    handle = await application.open()
    for number in range(60):
        await handle.signal("payment", {"id": f"b-{number}", "amount": "0.01"})
    await handle.execute_update("payment", {"id": "u", "amount": "1.00"})
    await application.next(handle)
    await handle.execute_update("withdrawn", {"id": "w"})
    await handle.result()
    return handle


async def second_run(application: WorkflowHarness) -> Handle:
    """So much is said that the case goes on in a new run: the recorder's server forgets early."""
    handle = await _climbed(application, 1)
    first = (await handle.describe()).run_id
    said = 0
    while (await handle.describe()).run_id == first:
        said += 1
        await handle.execute_update("payment", {"id": f"m-{said}", "amount": "1.00"})
    await application.next(handle)
    await handle.execute_update("withdrawn", {"id": "w"})
    await handle.result()
    return handle


PLOTS: dict[str, Plot] = {
    plot.__name__: plot
    for plot in (
        *(silent, silent_in_flight, promise_kept, promise_broken, dispute, recalled),
        *(cancelled, cancelled_in_a_deed, failed_deed, from_outside, refused, posting),
        *(burst, second_run),
    )
}


async def _climbed(application: WorkflowHarness, steps: int) -> Handle:
    handle = await application.open()
    for _ in range(steps):
        await application.next(handle)
    await application.clock(handle)
    return handle


async def _promise(application: WorkflowHarness, handle: Handle) -> None:
    day = (application.now + timedelta(days=2)).date().isoformat()
    await handle.execute_update("promise", {"id": "p", "date": day, "amount": "119.00"})


async def _break(application: WorkflowHarness, handle: Handle) -> None:
    application.switch.broken.add("before_T1")
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))


async def _failed(handle: Handle) -> None:
    try:
        await handle.result()
    except WorkflowFailureError:
        return
    raise AssertionError("it did not end as cancelled")
