"""While the agency has the case no text message goes out: no third party collects by SMS."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer

from activities.cases.session import Session
from adapters.ledger.queries import reads
from adapters.twilio.sms import TwilioSms
from domain.decision.rules_plan_b import APPROVED
from domain.deed import Deed
from domain.message_types import ActionType, MessageType, Result
from tests.activities.sending_harness import NINE, Office
from tests.adapters.vendors import ACCOUNT, TwilioServer
from tests.fakes import REJECT
from tests.twilio.posting import TwilioSays
from tests.twilio.rooms import Rooms

NOBODY_READ = Deed(
    step="letter",
    do=ActionType.REMIND,
    at=NINE - timedelta(hours=1),
    result=Result.REJECTED,
)


@pytest.fixture
def server(httpserver: HTTPServer, rooms: Rooms) -> TwilioServer:
    """Twilio's side; the office's text messages go there, its mails nowhere."""
    server = TwilioServer(httpserver)
    sms = TwilioSms(ACCOUNT, "t", from_number="+15005550006", base_url=server.url)
    rooms.office.sms = sms  # type: ignore[assignment]  # the real channel in the fake one's place
    rooms.office.email.will(*[REJECT] * 9)
    return server


def hand_off(office: Office) -> None:
    """A word reached nobody, so a person approves the handoff, and the agency takes the case."""
    with office.ledger.account_of(office.case) as account:
        Session(account, office.case, office.now).act(NOBODY_READ)
    office.say(MessageType.HANDOFF_APPROVED, by="ann")
    office.deliver(step=APPROVED)
    assert office.agency.got


def test_before_the_handoff_a_reminder_goes_by_sms(server: TwilioServer, rooms: Rooms) -> None:
    """Otherwise nothing below would show anything."""
    rooms.office.remind()

    assert [sent["To"] for sent in server.taken] == [rooms.debtor.phone]


MOMENTS: dict[str, Callable[[Office], object]] = {
    "before": hand_off,
    "between the mark and the look last": lambda office: office.between.update(
        after_T1=lambda: hand_off(office)
    ),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_text_message_goes_out_while_the_agency_has_the_case(
    moment: str, server: TwilioServer, rooms: Rooms
) -> None:
    """Finding 12: Twilio's codes 30863 and 30460; shown at the send protocol itself."""
    office = rooms.office
    MOMENTS[moment](office)
    for day in range(5):
        office.now = NINE + timedelta(days=day)
        decision = office.remind()

    assert decision.stage == "with_agency"
    assert office.results() == [("letter", "rejected"), (APPROVED, "done")]
    assert server.taken == []
    assert server.requests == []
    file = reads.file_of(office.engine, office.case)
    assert file is not None
    assert file.debtor.reach("sms")


def test_an_answer_after_the_handoff_is_still_heard(
    server: TwilioServer, rooms: Rooms, twilio: TwilioSays
) -> None:
    rooms.office.remind()
    ours = rooms.message()
    rooms.office.now = NINE + timedelta(days=10)
    rooms.office.deliver()
    assert rooms.office.agency.got

    twilio.text("I have paid you, not them")

    assert [row["message_id"] for row in rooms.replies()] == [ours]
    assert len(server.taken) == 1
