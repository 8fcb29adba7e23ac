"""The plots whose histories are kept; each goes past every step it speaks of."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowFailureError, WorkflowHandle

from domain.message_types import MessageType
from tests.workflows.factories import House

Handle = WorkflowHandle[Any, Any]
Plot = Callable[[House], Awaitable[Handle]]
MINUTE = timedelta(minutes=1)


async def silent(house: House) -> Handle:
    """Nobody says a word; in the end the agency gives the case back."""
    handle = await _climbed(house, 4)
    await house.amicable.agency_news(handle.id, "returned", message_id="a-1")
    await handle.result()
    return handle


async def silent_in_flight(house: House) -> Handle:
    """The same, still sleeping before its last demand."""
    return await _climbed(house, 2)


async def promise_kept(house: House) -> Handle:
    """A promise by update, and the money on its day."""
    handle = await _climbed(house, 1)
    await _promise(house, handle)
    await house.amicable.say(handle.id, MessageType.PAYMENT, {"id": "m", "amount": "119.00"})
    await handle.result()
    return handle


async def promise_broken(house: House) -> Handle:
    """The promised day passes, the case is called, and goes on."""
    handle = await _climbed(house, 1)
    await _promise(house, handle)
    for _ in range(4):
        await house.next(handle)
    return handle


async def dispute(house: House) -> Handle:
    """All is contested, settled, and chased again; a bad message comes between."""
    handle = await _climbed(house, 1)
    before = house.number(handle.id)
    await handle.execute_update("dispute_opened", {"id": "d", "reason": "wrong goods"})
    await handle.signal("payment", "what?")
    await house.decided(handle, before + 1)
    await handle.execute_update("dispute_settled", {"id": "d-over"})
    await house.next(handle)
    return handle


async def recalled(house: House) -> Handle:
    """Money comes when the agency has the case: it is told, recalled, and closed."""
    handle = await _climbed(house, 4)
    await house.amicable.say(handle.id, MessageType.PAYMENT, {"id": "a", "amount": "19.00"})
    await house.until(lambda: "inform" in " ".join(house.steps(handle.id)))
    await house.amicable.say(handle.id, MessageType.PAYMENT, {"id": "b", "amount": "100.00"})
    await handle.result()
    return handle


async def cancelled(house: House) -> Handle:
    """An operator cancels: the case is parked."""
    handle = await _climbed(house, 1)
    await handle.cancel()
    await _failed(handle)
    return handle


async def cancelled_in_a_deed(house: House) -> Handle:
    """An operator cancels while a deed fails."""
    handle = await house.open()
    await _break(house, handle)
    await handle.cancel()
    await _failed(handle)
    return handle


async def failed_deed(house: House) -> Handle:
    """A deed fails for an hour; the case thinks again, and goes on."""
    handle = await house.open()
    await _break(house, handle)
    before = house.number(handle.id)
    for _ in range(8):
        await house.env.fast_forward(handle, 15 * MINUTE)
        if house.number(handle.id) > before:
            break
    house.switch.broken.clear()
    await house.next(handle)
    await house.next(handle)
    return handle


async def from_outside(house: House) -> Handle:
    """Another system starts the case; a nudge wakes it."""
    case = f"invoice/{house.creditor()}/R-1"
    due = (house.now - timedelta(days=3)).date().isoformat()
    invoice = {"number": "R-1", "customer": "C1", "issued": due, "due": due}
    given = {"invoice": invoice | {"amount": "119.00", "currency": "EUR"}}
    handle = await house.client.start_workflow(
        "InvoiceWorkflow", given, id=case, task_queue="amicable"
    )
    await house.until(lambda: house.number(case) > 0)
    before = house.number(case)
    await handle.signal("nudge")
    await house.decided(handle, before)
    await house.next(handle)
    return handle


async def refused(house: House) -> Handle:
    """Another system starts a case that cannot be read."""
    case = f"invoice/{house.creditor()}/R-1"
    handle = await house.client.start_workflow(
        "InvoiceWorkflow", {"invoice": {"number": "R-1"}}, id=case, task_queue="amicable"
    )
    await handle.result()
    return handle


async def posting(house: House) -> Handle:
    """A payment by a system that only speaks Temporal settles a case."""
    case = await house.open()
    creditor = case.id.split("/")[1]
    given = {"customer": "C1", "amount": "119.00", "currency": "EUR", "invoices": ["R-1"]}
    handle = await house.client.start_workflow(
        "PostPayment", given, id=f"payment/{creditor}/bank/B-1", task_queue="amicable"
    )
    await handle.result()
    await case.result()
    return handle


async def second_run(house: House) -> Handle:
    """So much is said that the case goes on in a new run: the recorder's server forgets early."""
    handle = await _climbed(house, 1)
    first = (await handle.describe()).run_id
    said = 0
    while (await handle.describe()).run_id == first:
        said += 1
        await handle.execute_update("payment", {"id": f"m-{said}", "amount": "1.00"})
    await house.next(handle)
    await handle.execute_update("withdrawn", {"id": "w"})
    await handle.result()
    return handle


PLOTS: dict[str, Plot] = {
    plot.__name__: plot
    for plot in (
        *(silent, silent_in_flight, promise_kept, promise_broken, dispute, recalled),
        *(cancelled, cancelled_in_a_deed, failed_deed, from_outside, refused, posting, second_run),
    )
}


async def _climbed(house: House, steps: int) -> Handle:
    handle = await house.open()
    for _ in range(steps):
        await house.next(handle)
    await house.clock(handle)
    return handle


async def _promise(house: House, handle: Handle) -> None:
    day = (house.now + timedelta(days=2)).date().isoformat()
    await handle.execute_update("promise", {"id": "p", "date": day, "amount": "119.00"})


async def _break(house: House, handle: Handle) -> None:
    house.switch.broken.add("before_T1")
    wait = (house.row(handle.id).next_at or house.now) - await house.clock(handle)
    await house.env.fast_forward(handle, wait + timedelta(seconds=1))


async def _failed(handle: Handle) -> None:
    try:
        await handle.result()
    except WorkflowFailureError:
        return
    raise AssertionError("it did not end as cancelled")
