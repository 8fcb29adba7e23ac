"""A running case whose customer is flagged: it notices, and nothing more goes out."""

from datetime import timedelta

from adapters.ledger.queries import watch
from tests.workflows.factories import WorkflowHarness


def _flagged(application: WorkflowHarness, case: str, *, on: bool) -> tuple[str, ...]:
    creditor = case.split("/")[1]
    with application.desk._ledger.account(creditor, "C1") as account:
        number = account.customer.set_flag("vulnerable", on=on, why="told us so", by="ann")
        return account.cases.nudge_all(f"flag/{number}", "vulnerable", "ann", application.now)


async def test_a_flag_reaches_a_sleeping_case_and_its_ladder_goes_on_when_it_is_gone(
    application: WorkflowHarness,
) -> None:
    """Nothing automatic for a vulnerable customer."""
    handle = await application.open()
    await application.clock(handle)
    before = application.number(handle.id)
    assert _flagged(application, handle.id, on=True) == (handle.id,)
    assert handle.id in watch.unwoken(application.engine)
    await application.amicable.wake([handle.id])
    assert (await application.decided(handle, before)).next_step == "human-only"
    await application.next(handle)
    assert (application.steps(handle.id), len(application.tasks(handle.id))) == (["human-only"], 1)

    before = application.number(handle.id)
    await application.clock(handle)
    _flagged(application, handle.id, on=False)
    await application.amicable.wake([handle.id])
    assert (await application.decided(handle, before)).next_step == "polite"


async def test_a_case_that_was_not_woken_looks_last_and_sends_nothing(
    application: WorkflowHarness,
) -> None:
    """Whoever set the flag died before waking anybody."""
    handle = await application.open()
    await application.clock(handle)
    letters = len(application.letters_about(handle.id))
    _flagged(application, handle.id, on=True)

    before = application.number(handle.id)
    await application.env.fast_forward(handle, timedelta(days=12))
    await application.decided(handle, before)
    await application.until(lambda: application.steps(handle.id) == ["human-only"])
    assert len(application.letters_about(handle.id)) == letters
