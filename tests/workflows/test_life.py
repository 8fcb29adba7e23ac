"""Whole lives: silence to the end, money on the way, promises kept and broken."""

from domain.message_types import MessageType, Stage
from tests.workflows.factories import WorkflowHarness


async def test_a_silent_case_climbs_the_ladder_goes_to_the_agency_and_ends_when_it_is_written_off(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    for _ in range(4):
        await application.next(handle)

    assert application.steps(handle.id) == ["polite", "call", "final", "plan-b"]
    assert application.row(handle.id).stage == Stage.WITH_AGENCY

    await application.clock(handle)
    await application.amicable.agency_news(handle.id, "returned", message_id="a-1")
    await application.amicable.say(handle.id, MessageType.WRITE_OFF, {"id": "w-1"})
    assert await handle.result() == "written_off"


async def test_money_that_comes_to_the_agency_recalls_the_case_and_ends_it(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    for _ in range(4):
        await application.next(handle)
    await application.clock(handle)
    await application.amicable.say(handle.id, MessageType.PAYMENT, {"id": "m1", "amount": "119.00"})

    assert await handle.result() == "paid"
    assert application.steps(handle.id)[-2:] == ["recall", "close"]


async def test_a_case_paid_on_the_way_ends_and_nothing_more_is_sent(
    application: WorkflowHarness,
) -> None:
    handle = await application.open()
    await application.next(handle)
    before = application.letters_about(handle.id)
    assert before, "the first reminder has left"
    await application.clock(handle)
    await application.amicable.say(handle.id, MessageType.PAYMENT, {"id": "m1", "amount": "119.00"})

    assert await handle.result() == "paid"
    assert application.letters_about(handle.id) == before
