"""Whole lives: silence to the end, money on the way, promises kept and broken."""

from domain.message_types import MessageType, Stage
from tests.workflows.factories import House


async def test_a_silent_case_climbs_the_ladder_goes_to_the_agency_and_ends_when_it_comes_back(
    house: House,
) -> None:
    handle = await house.open()
    for _ in range(4):
        await house.next(handle)

    assert house.steps(handle.id) == ["polite", "call", "final", "plan-b"]
    assert house.row(handle.id).stage == Stage.WITH_AGENCY

    await house.clock(handle)
    await house.amicable.agency_news(handle.id, "returned", message_id="a-1")
    assert await handle.result() == "returned"


async def test_money_that_comes_to_the_agency_recalls_the_case_and_ends_it(house: House) -> None:
    handle = await house.open()
    for _ in range(4):
        await house.next(handle)
    await house.clock(handle)
    await house.amicable.say(handle.id, MessageType.PAYMENT, {"id": "m1", "amount": "119.00"})

    assert await handle.result() == "paid"
    assert house.steps(handle.id)[-2:] == ["recall", "close"]


async def test_a_case_paid_on_the_way_ends_and_nothing_more_is_sent(house: House) -> None:
    handle = await house.open()
    await house.next(handle)
    before = house.letters()
    await house.clock(handle)
    await house.amicable.say(handle.id, MessageType.PAYMENT, {"id": "m1", "amount": "119.00"})

    assert await handle.result() == "paid"
    assert house.letters() == before
