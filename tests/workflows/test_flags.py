"""A running case whose customer is flagged: it notices, and nothing more goes out."""

from datetime import timedelta

from adapters.ledger.queries import watch
from tests.workflows.factories import House


def _flagged(house: House, case: str, *, on: bool) -> tuple[str, ...]:
    creditor = case.split("/")[1]
    with house.desk._ledger.account(creditor, "C1") as book:
        number = book.set_flag("vulnerable", on=on, why="told us so", by="ann")
        return book.nudge_all(f"flag/{number}", "vulnerable", "ann", house.now)


async def test_a_flag_reaches_a_sleeping_case_and_its_ladder_goes_on_when_it_is_gone(
    house: House,
) -> None:
    """D1: nothing automatic for a vulnerable customer."""
    handle = await house.open()
    await house.clock(handle)
    before = house.number(handle.id)
    assert _flagged(house, handle.id, on=True) == (handle.id,)
    assert handle.id in watch.unwoken(house.engine)
    await house.amicable.wake([handle.id])
    assert (await house.decided(handle, before)).next_step == "human-only"
    await house.next(handle)
    assert (house.steps(handle.id), len(house.tasks(handle.id))) == (["human-only"], 1)

    before = house.number(handle.id)
    await house.clock(handle)
    _flagged(house, handle.id, on=False)
    await house.amicable.wake([handle.id])
    assert (await house.decided(handle, before)).next_step == "polite"


async def test_a_case_that_was_not_woken_looks_last_and_sends_nothing(house: House) -> None:
    """Whoever set the flag died before waking anybody."""
    handle = await house.open()
    await house.clock(handle)
    letters = len(house.letters())
    _flagged(house, handle.id, on=True)

    before = house.number(handle.id)
    await house.env.fast_forward(handle, timedelta(days=12))
    await house.decided(handle, before)
    await house.until(lambda: house.steps(handle.id) == ["human-only"])
    assert len(house.letters()) == letters
