"""A provider that takes one message a second: the message waits its turn, and nothing is marked.

Monday, 2 March 2026, nine o'clock: other customers' mails come first.
"""

from datetime import timedelta

import pytest
from sqlalchemy import text

from activities.sending.protocol import Sender
from adapters.ledger.queries.paces import SqlPaces
from domain.wire import CaseActivityInput, Decision
from tests.activities.sending_harness import NINE, Office

SECOND = timedelta(seconds=1)


@pytest.fixture
def paces(office: Office) -> SqlPaces:
    """One mail a second; five others asked before."""
    with office.engine.begin() as link:
        link.execute(text("TRUNCATE provider_pace, provider_turn"))
    paces = SqlPaces(office.engine, {"email": 1})
    for number in range(5):
        paces.turn("email", f"invoice/other/{number}", office.now)
    return paces


def _remind(office: Office, paces: SqlPaces) -> Decision:
    ways = {"email": office.email, "sms": office.sms}
    sender = Sender(office.ledger, ways, office.letters, paces=paces)
    turn = CaseActivityInput(case=office.case, do="remind", step="polite", at=NINE)
    return sender.send(turn, office.clock)


def test_the_case_sleeps_until_its_turn_and_goes_then(office: Office, paces: SqlPaces) -> None:
    decision = _remind(office, paces)
    assert (decision.do, decision.step) == ("remind", "polite")
    assert decision.at == office.now + 5 * SECOND
    assert (office.email.calls, office.sms.calls) == ([], []), "no other way either: it waits"
    assert office.state() is None, "nothing is marked, nothing has to be found out"

    office.now += 5 * SECOND
    _remind(office, paces)
    assert len(office.email.taken) == 1


def test_money_that_comes_meanwhile_is_heard(office: Office, paces: SqlPaces) -> None:
    _remind(office, paces)
    office.pay()
    office.now += 5 * SECOND
    assert _remind(office, paces).do != "remind"
    assert office.email.calls == []
