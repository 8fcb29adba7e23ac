"""A mail that a mail server may have taken is never sent again, for nobody can be asked."""

from collections.abc import Iterator

import pytest

from activities.ports.types import OutboundState
from activities.sending.holding_back import ComeBackLaterError
from activities.sending.protocol import GRACE, Sender
from adapters.email.smtp_mail import SmtpMail
from adapters.letters.writer import LetterWriter
from domain.wire import CaseActivityInput, Decision
from tests.activities.sending_harness import FENCE, MINUTE, NINE, Office
from tests.adapters.email.badmail import HANG_UP, BadMailServer, bad_mail_server


@pytest.fixture
def server() -> Iterator[BadMailServer]:
    with bad_mail_server() as server:
        yield server


def remind(office: Office, server: BadMailServer) -> Decision:
    """One attempt, by a worker of its own."""
    mail = SmtpMail("127.0.0.1", server.port, security="none", timeout=5)
    turn = CaseActivityInput(case=office.case, do="remind", step="polite", at=NINE)
    return Sender(office.ledger, {"email": mail}, LetterWriter()).send(turn, office.clock)


def test_a_lost_answer_counts_as_sent_after_a_grace_and_a_person_is_told(
    office: Office, server: BadMailServer
) -> None:
    """Fault matrix 9: accepted, then broken off."""
    server.replies["the mail"] = HANG_UP
    with pytest.raises(ComeBackLaterError):
        remind(office, server)
    for _ in range(3):
        office.older(FENCE + MINUTE)
        with pytest.raises(ComeBackLaterError):
            remind(office, server)
    office.older(GRACE)
    remind(office, server)
    remind(office, server)

    assert len(server.taken) == 1, "never twice on a guess"
    assert office.results() == [("polite", "unknown_closed")]
    assert office.tasks("unknown") == ["R-1, 119.00 EUR open: no proof that it arrived"]


def test_a_mail_that_broke_off_before_its_end_goes_again_later(
    office: Office, server: BadMailServer
) -> None:
    server.replies["RCPT"] = HANG_UP
    decision = remind(office, server)
    assert (decision.at, office.state()) == (office.now + 15 * MINUTE, OutboundState.NEW)

    server.replies.clear()
    office.now += 15 * MINUTE
    remind(office, server)

    assert (len(server.taken), office.results()) == (1, [("polite", "accepted")])
