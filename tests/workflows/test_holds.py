"""The emergency hold is over: what was held back goes at once, not within the hour."""

from datetime import timedelta

from activities.services.holds import HoldService
from adapters.ledger.queries import watch
from adapters.ledger.stores.cases import SqlCaseLists, SqlDueCases
from adapters.ledger.stores.holds import SqlHoldStore
from tests.workflows.factories import WorkflowHarness


def _holds(application: WorkflowHarness) -> HoldService:
    engine = application.engine
    store, lists = SqlHoldStore(engine), SqlCaseLists(engine)
    return HoldService(store, lists, SqlDueCases(engine), lambda: application.now)


async def test_when_the_hold_ends_what_waited_is_sent_at_once(application: WorkflowHarness) -> None:
    """A case asks hourly while it is held; the end of the hold ends that wait."""
    handle = await application.open()
    creditor = handle.id.split("/")[1]
    assert _holds(application).stop(creditor, "ann")
    held = await application.next(handle)
    await application.clock(handle)
    assert held.next_at is not None
    assert held.next_at - application.now > timedelta(minutes=50)
    assert application.steps(handle.id) == []

    waited = _holds(application).release(creditor, "ann")

    assert waited == (handle.id,)
    assert handle.id in watch.unwoken(application.engine), "the reconciler would wake it, too"
    await application.amicable.wake(waited)
    await application.until(lambda: application.steps(handle.id) == ["polite"])


async def test_only_what_waited_for_this_hold_is_woken(application: WorkflowHarness) -> None:
    """Days before its first deed a case has not noticed the hold; another one stays held."""
    handle = await application.open()
    creditor = handle.id.split("/")[1]
    holds = _holds(application)
    assert holds.stop(creditor, "ann")
    assert holds.release(creditor, "ann") == ()
    assert holds.release(creditor, "ann") is None

    assert holds.stop(creditor, "ann")
    await application.next(handle)
    await application.clock(handle)
    assert holds.stop("", "bob")
    assert holds.release(creditor, "ann") == ()
    woken = holds.release("", "bob") or ()
    assert handle.id in woken
    assert not [one for one in woken if creditor in one and one != handle.id]
