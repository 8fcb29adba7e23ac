"""A message about several invoices when things go wrong: looked at last, found out, never twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from activities.ports.types import OutboundState, Receipt, Sent
from activities.sending.holding_back import ComeBackLaterError
from domain.message_types import MessageType
from tests.activities.sending.bundles import SENT, Several
from tests.activities.sending_harness import DEBTOR, FENCE, NINE, Office
from tests.fakes import BUSY, LOST_AND_GONE, LOST_BUT_TAKEN, REJECT, Outcome


def test_what_was_paid_between_the_mark_and_the_call_is_left_out(office: Office) -> None:
    """The look last is taken at each invoice."""
    three = Several(office, 0, 0)
    office.between["after_T1"] = lambda: three.say(2, MessageType.PAYMENT, amount="20.00")
    three.take(1)

    assert [three.results(which) for which in (1, 3)] == [SENT] * 2
    assert SENT[0] not in three.results(2)
    assert "R-2" not in three.letters[0]
    assert "Total owed in EUR: EUR 149.00" in three.letters[0]


def test_if_its_own_case_is_paid_meanwhile_the_message_goes_for_the_others(office: Office) -> None:
    three = Several(office, 0, 0)
    office.between["after_T1"] = office.pay
    decision = three.take(1)

    assert decision.outcome == "paid"
    assert [three.results(which) for which in (2, 3)] == [SENT] * 2
    assert "R-1" not in three.letters[0]


def test_if_all_is_paid_meanwhile_the_mark_is_taken_back(office: Office) -> None:
    two = Several(office, 0)

    def meanwhile() -> None:
        office.pay()
        two.say(2, MessageType.PAYMENT, amount="20.00")

    office.between["after_T1"] = meanwhile
    two.take(1)

    assert (office.email.calls, office.state()) == ([], OutboundState.NEW)


def test_what_was_left_out_can_go_out_later(office: Office) -> None:
    """A pause stops it in the last moment; once it is over it goes by itself."""
    two = Several(office, 0)
    office.between["after_T1"] = lambda: two.say(2, MessageType.PAUSE)
    two.take(1)
    two.say(2, MessageType.RESUME)
    office.now = NINE + timedelta(days=2)
    two.take(2)

    assert (len(two.letters), two.results(2)) == (2, SENT)


def test_nobody_calls_while_a_message_to_the_customer_is_on_its_way(office: Office) -> None:
    """About whatever invoice: two messages at once would be two voices."""
    two = Several(office, 5)
    office.email.will(LOST_BUT_TAKEN)
    with pytest.raises(ComeBackLaterError):
        two.take(1)
    office.now = NINE + timedelta(days=5)
    with pytest.raises(ComeBackLaterError):
        two.take(2)

    assert len(office.email.calls) == 1


def test_a_lost_answer_is_found_out_for_all_at_once_by_whoever_comes(office: Office) -> None:
    two = Several(office, 0)
    office.email.will(LOST_BUT_TAKEN)
    with pytest.raises(ComeBackLaterError):
        two.take(1)
    office.older(FENCE)
    two.take(2)

    assert len(office.email.calls) == 1
    assert (two.results(1), two.results(2)) == (SENT, SENT)


def test_what_was_lost_about_other_invoices_is_found_out_by_a_case_of_its_own(
    office: Office,
) -> None:
    two = Several(office, 5)
    office.email.will(LOST_AND_GONE)
    with pytest.raises(ComeBackLaterError):
        two.take(1)
    office.older(FENCE)
    office.now = NINE + timedelta(days=5)
    two.take(2)

    assert len(office.email.taken) == 1
    assert (two.results(1), two.results(2)) == (SENT, SENT)


def test_a_busy_provider_is_left_alone_by_every_case_of_the_message(office: Office) -> None:
    two = Several(office, 0)
    busy = replace(BUSY.receipt, retry_after=timedelta(minutes=20))
    office.email.will(Outcome(busy))
    first, other = two.take(1), two.take(2)

    assert len(office.email.calls) == 1
    assert first.at == other.at == NINE + timedelta(minutes=20)
    office.now = NINE + timedelta(minutes=20)
    two.take(2)
    assert (two.results(1), two.results(2)) == (SENT, SENT)


def test_a_rejected_message_goes_on_the_next_channel_with_all_it_speaks_of(office: Office) -> None:
    two = Several(office, 0)
    office.email.will(REJECT)
    two.take(1)

    assert [len(office.email.calls), len(office.sms.taken)] == [1, 1]
    assert (two.results(1), two.results(2)) == (SENT, SENT)
    assert "2 invoices, EUR 139.00 in all" in office.sms.taken[0].text


def test_when_nobody_can_be_reached_a_person_is_asked_once_for_all(office: Office) -> None:
    three = Several(office, 0, 0)
    office.known(replace(DEBTOR, opted_out=("email", "sms")))
    three.take(1)

    assert [three.results(which) for which in (1, 2, 3)] == [[("polite", "rejected")]] * 3
    assert office.tasks("question") == [
        "R-1, 119.00 EUR open (and 2 more invoices): the polite reminder reached nobody"
    ]


def test_without_evidence_all_of_them_count_as_sent(office: Office) -> None:
    """Twice is an insult."""
    two = Several(office, 0)
    office.email.blind = True
    office.email.will(Outcome(Receipt(sent=Sent.UNKNOWN)))
    with pytest.raises(ComeBackLaterError):
        two.take(1)
    office.older(timedelta(hours=1))
    two.take(1)

    assert two.results(1) == two.results(2) == [("polite", "unknown_closed")]
    assert len(office.email.calls) == 1
