"""A life at DEBUG, through worker and gateway, writes down no name, address, word or key."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import structlog
from temporalio.client import WorkflowHandle

from adapters.ledger.core.engine import make_engine
from adapters.runtime.logs import set_up_logs
from domain.message_types import MessageType
from starter.api.app import THREADS
from tests.starter.api.factories import Desk, day, opened_gateway
from tests.starter.api.test_logs import Everything
from tests.workflows.factories import DEBTOR, WorkflowHarness

NOTE, SPEAKER, CONTACT = "their boiler burst", "Wilhelmina Tester", "moved to Elm Street 5"
PERSONAL = (DEBTOR.name, DEBTOR.email, DEBTOR.phone, "+4915112345678", NOTE, SPEAKER, CONTACT)


@pytest.fixture
def heard() -> Iterator[Everything]:
    """Everything that anybody logs, at whatever level; logs are as before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logs(level="DEBUG", as_json=True)
    everything = Everything()
    root.addHandler(everything)
    yield everything
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _over_http(desk: Desk) -> list[int]:
    """What collectors and billing say, with personal words wherever there is room for them."""
    said = {"id": "said", "by": SPEAKER, "note": NOTE}
    dispute = said | {"amount": "1.00", "reason": "wrong_price"}
    told = [
        desk.post("/v1/cases/R-1/calls", said | {"reason": "reached"}, "collector", "K-1"),
        desk.post("/v1/cases/R-1/promises", said | {"date": day(90)}, "collector"),
        desk.post("/v1/cases/R-1/contact-news", said | {"reason": CONTACT}),
        desk.post("/v1/cases/R-1/disputes", dispute, "collector"),
        desk.get(f"/v1/cases?customer={DEBTOR.email}"),
        desk.get("/v1/customers/C1/briefing"),
        desk.open("R-2", contact={"name": DEBTOR.name, "email": DEBTOR.email, "zone": NOTE}),
    ]
    return [answer.status_code for answer in told]


async def _fail_once(
    application: WorkflowHarness, handle: WorkflowHandle[Any, Any], heard: Everything
) -> None:
    """The first reminder fails with words of its own, and goes out afterwards."""
    application.switch.broken.add("before_T1")
    wait = (application.row(handle.id).next_at or application.now) - await application.clock(handle)
    await application.env.fast_forward(handle, wait + timedelta(seconds=1))
    await application.until(lambda: any("before_T1" in line for line in heard.heard))
    application.switch.broken.clear()
    await application.until(lambda: application.steps(handle.id) == ["polite"])


async def test_no_name_address_word_or_key_is_written_down_at_any_level(
    application: WorkflowHarness, heard: Everything, capfd: pytest.CaptureFixture[str]
) -> None:
    handle = await application.open()
    url = application.engine.url.render_as_string(hide_password=False)
    engine = make_engine(url, pool_size=THREADS)
    with opened_gateway(engine) as outside:
        desk = outside.desk(handle.id.split("/")[1])
        statuses = await asyncio.to_thread(_over_http, desk)
    engine.dispose()
    await _fail_once(application, handle, heard)
    await application.next(handle)
    await application.clock(handle)
    said = {"id": "q", "date": day(1), "by": SPEAKER, "note": NOTE}
    await application.amicable.say(handle.id, MessageType.PROMISE, said)

    printed = capfd.readouterr()
    told = printed.err + printed.out + "\n".join(heard.heard)
    assert {200, 422} <= {*statuses}, "some of it was taken, and some refused"
    assert application.letters_about(handle.id), "letters went out"
    for speaker in ("amicable.gateway", "temporalio", "asyncio"):
        assert speaker in told, f"{speaker} is heard at DEBUG"
    hidden = (*PERSONAL, *desk.keys.values(), "Bearer ", url)
    assert not [word for word in hidden if word in told]
